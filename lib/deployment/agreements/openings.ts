import { blocks, type Sides, strings, terraformResources } from './sides';

/** One rule of a firewall: ports and their allowed sources. */
export interface Opening {
  /** The firewall's name in messages. */
  readonly object: string;
  /** The node whose firewall has the rule; undefined for a Hetzner firewall, which several nodes use. */
  readonly node: string | undefined;
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  /** Ranges in CIDR notation, addresses, or a Terraform expression for them. */
  readonly sources: readonly string[];
}

/** The rules of Hetzner's firewalls, which filter only public addresses. */
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

/**
 * The rules of the firewalls on the nodes. Rules without ports, which are for pods and Services, are left
 * out.
 */
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

/** In a rule of Hetzner, `any` means all ports of the protocol. */
function portsOf(text: string, separator: string): { from: number; to: number } {
  if (text === 'any') return { from: 1, to: 65_535 };
  const [from, to = from] = text.split(separator);
  return { from: Number(from), to: Number(to) };
}
