import type { Endpoint } from '../endpoint';
import type { Direction } from '../grants';
import { difference } from '../intervals';
import { everyPort } from '../ports';
import { openProducts } from '../reachability';
import { type Comparison, policiesOf, portsKey, subtractParts } from './comparison';
import type { PolicyVerdict, SingleDifference } from './difference';

/** Connections that are possible but not declared. */
export function gained(comparison: Comparison): SingleDifference[] {
  const { described } = comparison;
  return [
    ...gainedPairs(comparison),
    ...gainedOpen(comparison),
    ...described.flatMap((id) => gainedOutside(comparison, 'egress', id)),
    ...described.flatMap((id) => gainedOutside(comparison, 'ingress', id)),
  ];
}

/** Pairs with the same server are merged at once, because a mistake in one rule may allow a million pairs. */
function gainedPairs(comparison: Comparison): SingleDifference[] {
  const { network, declared, endpoints } = comparison;
  const sources = new Map<string, Endpoint[]>();
  const findings: SingleDifference[] = [];
  for (const { from, to, ports: possible } of network.pairs()) {
    const ports = difference(possible, declared.ports(from, to));
    if (ports.length === 0) continue;
    const egress = policiesOf(network.grantsFor('egress', from, to, ports));
    const ingress = policiesOf(network.grantsFor('ingress', from, to, ports));
    const key = [to, network.isDescribed(from), portsKey(ports), ...egress, '', ...ingress].join('\n');
    const opening = endpoints.ofGroup(from);
    const group = sources.get(key);
    if (group !== undefined) {
      group.push(opening);
      continue;
    }
    const found = [opening];
    sources.set(key, found);
    const verdicts = {
      egress: comparison.allowing('egress', from, egress),
      ingress: comparison.allowing('ingress', to, ingress),
    };
    findings.push({ kind: 'gained', from: found, to: [endpoints.ofGroup(to)], ports, verdicts });
  }
  return findings;
}

/**
 * Connections between pods that no policy isolates. All their ports are open, and no declaration covers every port,
 * so each connection is a difference.
 */
function gainedOpen(comparison: Comparison): SingleDifference[] {
  const { network, endpoints } = comparison;
  const missing = (ids: readonly number[]): PolicyVerdict | undefined => {
    const described = ids.find((id) => network.isDescribed(id));
    return described === undefined ? undefined : comparison.verdict(described, [], true);
  };
  return openProducts(network).map(({ from, to }) => ({
    kind: 'gained',
    from: [endpoints.ofGroups(from)],
    to: [endpoints.ofGroups(to)],
    ports: everyPort,
    verdicts: { egress: missing(from), ingress: missing(to) },
  }));
}

function gainedOutside(comparison: Comparison, direction: Direction, id: number): SingleDifference[] {
  const { network, declared } = comparison;
  return subtractParts(network.outside(direction, id), declared.outside(direction, id)).map((part) => {
    const policies = policiesOf(network.grantsForAddresses(direction, id, part));
    return comparison.outside('gained', direction, id, part, comparison.allowing(direction, id, policies));
  });
}
