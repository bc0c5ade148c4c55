/** A rule of `ufw status` that allows incoming connections. */
export interface UfwRule {
  /** TCP ports, each as `ufw status` prints it: `22`, or a range such as `2379:2380`; undefined for all. */
  readonly ports: readonly string[] | undefined;
  /** A range such as `84.20.10.7/32`; undefined for every address. */
  readonly from: string | undefined;
}

/**
 * A line of the table; columns are separated by two or more spaces. LIMIT allows connections like ALLOW, up to a
 * rate.
 */
const row = /^(\S.*?) {2,}(?:ALLOW|LIMIT)(?: IN)? {2,}(\S.*?)(?: {2,}#.*)?$/;

/** The profile that Ubuntu's openssh-server installs. */
const profiles: Readonly<Record<string, string>> = { OpenSSH: '22/tcp' };

/** The rules of `ufw status` for incoming TCP; undefined for a firewall that is not active. */
export function readUfwStatus(text: string): UfwRule[] | undefined {
  if (!/^Status: active\s*$/m.test(text)) return undefined;
  return text.split('\n').flatMap((line) => {
    const [, to, from] = row.exec(line.trimEnd()) ?? [];
    if (to === undefined || from === undefined) return [];
    const plainTo = withoutFamily(to);
    const target = profiles[plainTo] ?? plainTo;
    // `80/tcp on eth0`, and an address before the port.
    const [port = ''] = target
      .replace(/ on \S+$/, '')
      .split(' ')
      .slice(-1);
    const [list = '', protocol = 'tcp'] = port.split('/');
    if (protocol !== 'tcp') return [];
    const ports = list === 'Anywhere' ? undefined : list.split(',');
    return [{ ports, from: rangeOf(withoutFamily(from)) }];
  });
}

function withoutFamily(text: string): string {
  return text.replace(/ \(v6\)/, '').trim();
}

function rangeOf(source: string): string | undefined {
  const [address = ''] = source.split(' ');
  if (address === 'Anywhere') return undefined;
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** Whether a rule allows connections to a port. */
export function opensPort({ ports }: UfwRule, port: number): boolean {
  return (
    ports === undefined ||
    ports.some((each) => {
      const [first = '', last = first] = each.split(':');
      return Number(first) <= port && port <= Number(last);
    })
  );
}
