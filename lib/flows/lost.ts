import { type Comparison, without } from './comparison';
import type { Finding, Verdict } from './difference';
import type { Direction } from './grants';
import { difference } from './intervals';

/** What is declared and not possible. */
export function lost(comparison: Comparison): Finding[] {
  const { declared } = comparison;
  return [
    ...lostPairs(comparison),
    ...declared.classes('egress').flatMap((id) => lostOutside(comparison, 'egress', id)),
    ...declared.classes('ingress').flatMap((id) => lostOutside(comparison, 'ingress', id)),
  ];
}

function lostPairs(comparison: Comparison): Finding[] {
  const { network, declared, endpoints } = comparison;
  return [...declared.pairs].flatMap(([key, meant]): Finding[] => {
    const { from, to } = declared.pair(key);
    const ports = difference(meant, network.ports(from, to));
    if (ports.length === 0) return [];
    const isDenied = (direction: Direction): boolean =>
      difference(ports, network.allowed(direction, from, to)).length > 0;
    const verdicts = {
      egress: isDenied('egress') ? denying(comparison, 'egress', from) : undefined,
      ingress: isDenied('ingress') ? denying(comparison, 'ingress', to) : undefined,
    };
    return [{ kind: 'lost', from: [endpoints.ofClass(from)], to: [endpoints.ofClass(to)], ports, verdicts }];
  });
}

function lostOutside(comparison: Comparison, direction: Direction, id: number): Finding[] {
  const { network, declared } = comparison;
  return without(declared.outside(direction, id), network.outside(direction, id)).map((part) =>
    comparison.outside('lost', direction, id, part, denying(comparison, direction, id)),
  );
}

/** The policies that were made for these pods and allow something: where a missing rule belongs. */
function denying(comparison: Comparison, direction: Direction, id: number): Verdict {
  const { isolatedBy } = comparison.network.side(direction, id);
  const own = isolatedBy.filter(
    (policy) => policy.subject.requirements.length > 0 && policy[direction]?.length,
  );
  return comparison.verdict(id, own.map(({ name }) => name).sort());
}
