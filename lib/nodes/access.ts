import type { NodeAccount, NodeFile } from './node-setup';
import type { AccessProps } from './props';

/** The account that the operator logs on with, and may become root from without a password. */
export function account({ user, authorizedKeys }: AccessProps): NodeAccount {
  return { name: user, authorizedKeys };
}

/** Who logs on, how, and on which ports. */
export function accessFiles({ user, authorizedKeys, sshPorts }: AccessProps): NodeFile[] {
  const keys: NodeFile[] =
    authorizedKeys === undefined
      ? []
      : [
          {
            path: `/home/${user}/.ssh/authorized_keys`,
            mode: '0600',
            owner: user,
            text: lines(authorizedKeys),
          },
        ];
  return [
    ...keys,
    {
      path: '/etc/sudoers.d/90-honeydue',
      mode: '0440',
      text: lines([`${user} ALL=(ALL:ALL) NOPASSWD: ALL`]),
      validate: 'sudoers',
    },
    // Before 50-cloud-init.conf, since sshd takes the first value that it reads.
    {
      path: '/etc/ssh/sshd_config.d/10-honeydue.conf',
      mode: '0644',
      text: lines(sshdOptions(sshPorts)),
      after: 'reload-ssh',
      validate: 'sshd',
    },
    // Of a socket-activated sshd systemd holds the ports, and Ubuntu's own generator may or may not follow Port.
    {
      path: '/etc/systemd/system/ssh.socket.d/10-honeydue.conf',
      mode: '0644',
      text: sshSocket(sshPorts),
      after: 'reload-ssh',
    },
  ];
}

/**
 * Key-only. Root keeps its key: closing the last way in is worse than
 * leaving one that needs the same key.
 */
function sshdOptions(ports: readonly number[]): string[] {
  return [
    ...ports.map((port) => `Port ${port}`),
    'PubkeyAuthentication yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
  ];
}

/** The same options, as `sshd -T` shows what is in force. */
export function sshdInForce(ports: readonly number[]): string {
  return lines(sshdOptions(ports).map((option) => option.toLowerCase()));
}

/**
 * Both families, each by its own line. Without BindIPv6Only, [::] would take IPv4 too and 0.0.0.0 would fail: the unit
 * of Debian and of Ubuntu 24.04 before March 2025 sets it, the one after does not (systemd issue 36795).
 */
function sshSocket(ports: readonly number[]): string {
  const streams = ports.flatMap((port) => [`ListenStream=0.0.0.0:${port}`, `ListenStream=[::]:${port}`]);
  return lines(['[Socket]', 'BindIPv6Only=ipv6-only', 'ListenStream=', ...streams]);
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
