import type { NodeAccount, NodeFile } from './node-setup';
import type { AccessProps } from './props';

/** The account that the operator logs on with. It has sudo without a password. */
export function account({ user, authorizedKeys }: AccessProps): NodeAccount {
  return { name: user, authorizedKeys };
}

/** The files that configure SSH: authorized keys, sshd, its socket unit, and sudo. */
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
    // The file sorts before 50-cloud-init.conf, because sshd uses the first value of each option.
    {
      path: '/etc/ssh/sshd_config.d/10-honeydue.conf',
      mode: '0644',
      text: lines(sshdOptions(sshPorts)),
      after: 'reload-ssh',
      validate: 'sshd',
    },
    // With socket activation, systemd opens the ports, and Ubuntu's own generator does not always follow sshd's
    // option Port.
    {
      path: '/etc/systemd/system/ssh.socket.d/10-honeydue.conf',
      mode: '0644',
      text: sshSocket(sshPorts),
      after: 'reload-ssh',
    },
  ];
}

/**
 * Only keys are accepted. Root can also log on with the key: a lock-out is a greater risk than a second account with
 * the same key.
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

/** The same options in the form that `sshd -T` prints. */
export function sshdInForce(ports: readonly number[]): string {
  return lines(sshdOptions(ports).map((option) => option.toLowerCase()));
}

/**
 * One line for each address family. Without BindIPv6Only, [::] would also bind IPv4, and 0.0.0.0 would then fail. The
 * socket units of Debian, and of Ubuntu 24.04 before March 2025, set BindIPv6Only; later ones do not (systemd issue
 * 36795).
 */
function sshSocket(ports: readonly number[]): string {
  const streams = ports.flatMap((port) => [`ListenStream=0.0.0.0:${port}`, `ListenStream=[::]:${port}`]);
  return lines(['[Socket]', 'BindIPv6Only=ipv6-only', 'ListenStream=', ...streams]);
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
