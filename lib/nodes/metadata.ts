import type { NodeFile } from './node-setup';

/** The nftables table of our own: whatever k3s does to its rules, and ufw to its, a drop here is final. */
export const metadataTable = 'honeydue_metadata';
export const metadataUnit = 'honeydue-metadata.service';

/**
 * Keeps 169.254.169.254 from pods: a new node's user-data, and the join token in it, can be read there.
 *
 * What is forwarded is a pod's. Traefik shares the node's network and isn't forwarded, but isn't root either; cloud-init
 * is. Ubuntu's own nftables.service stays off: it begins by flushing every table, k3s' too.
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
