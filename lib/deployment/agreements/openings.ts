import { blocks, type Sides, strings, terraformResources } from './sides';

/** What a firewall lets in: some ports, from somebody. */
export interface Opening {
  /** The firewall, as people call it. */
  readonly object: string;
  /** The node that it stands before; undefined for one before all of them. */
  readonly node: string | undefined;
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  /** CIDRs, addresses, or an expression of Terraform that gives some. */
  readonly sources: readonly string[];
}

/** What Hetzner's firewall lets in, before the nodes. It filters public addresses alone. */
export function hetznerOpenings(sides: Sides): Opening[] {
  return terraformResources(sides, 'hcloud_firewall').flatMap(({ address, body }) =>
    blocks(body, 'rule')
      .filter(({ direction, protocol }) => direction === 'in' && (protocol === 'tcp' || protocol === 'udp'))
      .map((rule) => ({
        object: address,
        node: undefined,
        protocol: rule['protocol'] as 'tcp' | 'udp',
        ...portsOf(String(rule['port']), '-'),
        sources: strings(rule, 'source_ips'),
      })),
  );
}

/** What the nodes' own firewalls let in. A rule without ports lets pods and Services in, which no port is meant by. */
export function nodeOpenings({ setups }: Sides): Opening[] {
  return setups.flatMap(({ name, firewall }) =>
    firewall.flatMap(({ from, protocol, ports = [] }) =>
      protocol === undefined
        ? []
        : ports.map((port) => ({
            object: `the firewall of ${name}`,
            node: name,
            protocol,
            ...portsOf(port, ':'),
            sources: [from],
          })),
    ),
  );
}

/** Hetzner calls all ports of a protocol `any`. */
function portsOf(text: string, separator: string): { from: number; to: number } {
  if (text === 'any') return { from: 1, to: 65_535 };
  const [from, to = from] = text.split(separator);
  return { from: Number(from), to: Number(to) };
}
