import type { NodeFile } from './node-setup';

/** Our own nftables table. A drop here is final, whatever rules k3s and ufw have. */
export const metadataTable = 'honeydue_metadata';
export const metadataUnit = 'honeydue-metadata.service';

/**
 * Blocks pods from 169.254.169.254, where a new node's user-data with the join token can be read.
 *
 * Packets of pods are forwarded. Packets of Traefik are not, because it uses the host network; they are
 * blocked because Traefik doesn't run as root, unlike cloud-init. Ubuntu's nftables.service stays off: it
 * flushes every table at its start, also k3s'.
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
