import type { NodeFile } from './node-setup';
import type { AccessProps } from './props';

/**
 * Packages that the set-up needs. fail2ban reads the journal with python3-systemd, which it only recommends.
 */
export const packages: readonly string[] = [
  ...['ca-certificates', 'curl', 'fail2ban', 'iproute2', 'nftables', 'openssh-server', 'python3-systemd'],
  ...['sudo', 'systemd-timesyncd', 'ufw', 'unattended-upgrades'],
];

/**
 * - Traefik binds ports 80 and 443 without root (book 0, layer 1).
 * - The others are the values that the kubelet sets. `protect-kernel-defaults` requires them before its
 * start.
 */
export const nodeSysctls: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
};

/** Files for kernel parameters, upgrades and fail2ban. */
export function operatingSystemFiles(access: AccessProps): NodeFile[] {
  return [
    {
      path: '/etc/sysctl.d/90-honeydue.conf',
      mode: '0644',
      text: Object.entries(nodeSysctls)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join(''),
    },
    // kube-proxy needs these modules for IPVS.
    {
      path: '/etc/modules-load.d/honeydue.conf',
      mode: '0644',
      text: 'ip_vs\nip_vs_rr\nip_vs_sh\nip_vs_wrr\nnf_conntrack\n',
      after: 'restart systemd-modules-load.service',
    },
    { path: '/etc/apt/apt.conf.d/20auto-upgrades', mode: '0644', text: periodicUpgrades },
    { path: '/etc/apt/apt.conf.d/52honeydue-unattended-upgrades', mode: '0644', text: securityUpgrades },
    // Ubuntu 24.04 restarts services after an upgrade: on all nodes in the same hour, without a look at
    // etcd's health.
    {
      path: '/etc/needrestart/conf.d/honeydue.conf',
      mode: '0644',
      text: '$nrconf{override_rc}->{qr(^k3s)} = 0;\n',
    },
    {
      path: '/etc/fail2ban/jail.d/honeydue.local',
      mode: '0644',
      text: jail(access),
      after: 'restart fail2ban.service',
    },
  ];
}

const periodicUpgrades = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
`;

/** apt merges lists: without #clear, Ubuntu's own origins would stay in addition to these. */
const securityUpgrades = `#clear Unattended-Upgrade::Allowed-Origins;
Unattended-Upgrade::Allowed-Origins {
  "\${distro_id}:\${distro_codename}-security";
  "\${distro_id}ESMApps:\${distro_codename}-apps-security";
  "\${distro_id}ESM:\${distro_codename}-infra-security";
};
Unattended-Upgrade::Automatic-Reboot "false";
`;

/** Five failures in ten minutes (book 20). The operator's networks are never banned. */
function jail({ sshPorts, networks }: AccessProps): string {
  return `[sshd]
enabled = true
backend = systemd
port = ${sshPorts.join(',')}
maxretry = 5
bantime = 10m
ignoreip = ${['127.0.0.1/8', '::1', ...(networks ?? [])].join(' ')}
`;
}
