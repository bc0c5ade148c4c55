import type { NodeFile } from './node-setup';
import type { AccessProps } from './props';

/**
 * Packages that the set-up needs. fail2ban needs python3-systemd to read the journal, but only recommends the
 * package.
 */
export const packages: readonly string[] = [
  ...['ca-certificates', 'curl', 'fail2ban', 'iproute2', 'nftables', 'openssh-server', 'python3-systemd'],
  ...['sudo', 'systemd-timesyncd', 'ufw', 'unattended-upgrades'],
];

/**
 * - net.ipv4.ip_unprivileged_port_start: Traefik binds ports 80 and 443 without root.
 *
 * - The others are the values that the kubelet sets. With `protect-kernel-defaults`, the kubelet requires them when
 *   it starts.
 */
export const nodeSysctls: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
};

/** The files that configure kernel parameters, automatic upgrades and fail2ban. */
export function operatingSystemFiles(access: AccessProps): NodeFile[] {
  return [
    {
      path: '/etc/sysctl.d/90-honeydue.conf',
      mode: '0644',
      text: Object.entries(nodeSysctls)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join(''),
    },
    // Kernel modules that kube-proxy needs for IPVS.
    {
      path: '/etc/modules-load.d/honeydue.conf',
      mode: '0644',
      text: 'ip_vs\nip_vs_rr\nip_vs_sh\nip_vs_wrr\nnf_conntrack\n',
      after: 'restart systemd-modules-load.service',
    },
    { path: '/etc/apt/apt.conf.d/20auto-upgrades', mode: '0644', text: periodicUpgrades },
    { path: '/etc/apt/apt.conf.d/52honeydue-unattended-upgrades', mode: '0644', text: securityUpgrades },
    // Without this file, Ubuntu 24.04 restarts k3s after an upgrade: on all nodes in the same hour, without a check
    // of etcd's health.
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

/** apt merges lists from several files. Without #clear, Ubuntu's own list of origins would also apply. */
const securityUpgrades = `#clear Unattended-Upgrade::Allowed-Origins;
Unattended-Upgrade::Allowed-Origins {
  "\${distro_id}:\${distro_codename}-security";
  "\${distro_id}ESMApps:\${distro_codename}-apps-security";
  "\${distro_id}ESM:\${distro_codename}-infra-security";
};
Unattended-Upgrade::Automatic-Reboot "false";
`;

/** Bans an address after five failures in ten minutes, but never the operator's networks. */
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
