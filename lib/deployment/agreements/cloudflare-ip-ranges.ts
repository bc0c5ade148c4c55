import {
  type Agreement,
  blocks,
  type Disagreement,
  jsonAt,
  type Sides,
  strings,
  terraformResources,
  traefikValuesOf,
  without,
} from './sides';

/**
 * Only Cloudflare may connect to port 443, and Traefik trusts the client address that only Cloudflare sends.
 * Both need the same list of Cloudflare's ranges.
 */
export const cloudflareIpRanges: Agreement = {
  id: 'cloudflare-ip-ranges',
  sentence:
    "Traefik's trusted IPs, Hetzner's firewall and the firewalls of all nodes contain the same list of Cloudflare's ranges.",
  why: "If a range is missing, requests from it are refused or get a wrong client address. If a range is not Cloudflare's, an attacker who has it can forge client addresses.",
  source: 'https://www.cloudflare.com/ips',
  severity: 'high',
  fix: 'Change the list only in cloudflare-ip-ranges.json.',
  differences: (sides) => {
    const [first, ...others] = rangeLists(sides);
    if (first === undefined) return [];
    return others.flatMap(({ object, path, ranges }) => [
      ...difference(object, path, `lacks`, without(first.ranges, ranges), `which ${first.object} has`),
      ...difference(object, path, `has`, without(ranges, first.ranges), `which ${first.object} lacks`),
    ]);
  },
};

interface RangeList {
  readonly object: string;
  readonly path: string;
  readonly ranges: readonly string[];
}

function rangeLists(sides: Sides): RangeList[] {
  const trusted = jsonAt(traefikValuesOf(sides), 'ports', 'websecure', 'forwardedHeaders', 'trustedIPs');
  return [
    ...(Array.isArray(trusted)
      ? [{ object: 'HelmChartConfig kube-system/traefik', path: 'trustedIPs', ranges: trusted.map(String) }]
      : []),
    ...terraformResources(sides, 'hcloud_firewall').map(({ address, body }) => ({
      object: address,
      path: 'rule (443)',
      ranges: blocks(body, 'rule')
        .filter(({ port }) => port === '443')
        .flatMap((rule) => strings(rule, 'source_ips')),
    })),
    ...sides.setups.map(({ name, firewall }) => ({
      object: `the firewall of ${name}`,
      path: '443',
      ranges: firewall.filter(({ ports }) => ports?.includes('443')).map(({ from }) => from),
    })),
  ];
}

function difference(
  object: string,
  path: string,
  verb: string,
  ranges: readonly string[],
  rest: string,
): Disagreement[] {
  return ranges.length === 0 ? [] : [{ object, path, message: `${verb} ${ranges.join(', ')}, ${rest}` }];
}
