import type { NodeFile } from './node-setup';

/** This project's own nftables table. If this table drops a packet, no rule of k3s or ufw can accept the packet. */
export const metadataTable = 'honeydue_metadata';
export const metadataUnit = 'honeydue-metadata.service';

/**
 * Blocks pods from 169.254.169.254, which serves the user-data of a new node with the join token.
 *
 * Packets of pods are dropped because they are forwarded. Packets of Traefik are not forwarded, because it uses the
 * host network: they are dropped because Traefik, unlike cloud-init, does not run as root. Ubuntu's nftables.service
 * stays off, because at its start it flushes every table, including those of k3s.
 */
export const metadataFiles: readonly NodeFile[] = [
  {
    path: '/etc/honeydue/metadata.nft',
    mode: '0644',
    text: `table inet ${metadataTable}
delete table inet ${metadataTable}
table inet ${metadataTable} {
  chain forward {
    type filter hook forward priority -10; policy accept;
    ip daddr 169.254.169.254 counter reject
  }
  chain output {
    type filter hook output priority -10; policy accept;
    ip daddr 169.254.169.254 meta skuid != 0 counter reject
  }
}
`,
    after: `restart ${metadataUnit}`,
  },
  {
    path: `/etc/systemd/system/${metadataUnit}`,
    mode: '0644',
    text: `[Unit]
Description=Keep 169.254.169.254 from pods
Before=k3s.service k3s-agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/honeydue/metadata.nft

[Install]
WantedBy=multi-user.target
`,
    after: 'reload-units',
  },
];
