import type { Direction } from '../grants';
import { difference, intersection } from '../intervals';
import { type Comparison, subtractParts } from './comparison';
import type { PolicyVerdict, SingleDifference } from './difference';

/** Connections that are declared but not possible. */
export function lost(comparison: Comparison): SingleDifference[] {
  const { declared } = comparison;
  return [
    ...lostPairs(comparison),
    ...declared.groups('egress').flatMap((id) => lostOutside(comparison, 'egress', id)),
    ...declared.groups('ingress').flatMap((id) => lostOutside(comparison, 'ingress', id)),
  ];
}

/**
 * Declared connections between pods that are not possible, grouped by the end that denies them: the client, the
 * server, or both.
 */
function lostPairs(comparison: Comparison): SingleDifference[] {
  const { network, declared, endpoints } = comparison;
  return [...declared.pairs].flatMap(([key, meant]): SingleDifference[] => {
    const { from, to } = declared.pair(key);
    const egress = difference(meant, network.allowed('egress', from, to));
    const ingress = difference(meant, network.allowed('ingress', from, to));
    const [opening, answering] = [denying(comparison, 'egress', from), denying(comparison, 'ingress', to)];
    const parts = [
      { ports: intersection(egress, ingress), verdicts: { egress: opening, ingress: answering } },
      { ports: difference(egress, ingress), verdicts: { egress: opening, ingress: undefined } },
      { ports: difference(ingress, egress), verdicts: { egress: undefined, ingress: answering } },
    ];
    return parts
      .filter(({ ports }) => ports.length > 0)
      .map((part) => ({
        kind: 'lost',
        from: [endpoints.ofGroup(from)],
        to: [endpoints.ofGroup(to)],
        ...part,
      }));
  });
}

function lostOutside(comparison: Comparison, direction: Direction, id: number): SingleDifference[] {
  const { network, declared } = comparison;
  return subtractParts(declared.outside(direction, id), network.outside(direction, id)).map((part) =>
    comparison.outside('lost', direction, id, part, denying(comparison, direction, id)),
  );
}

/**
 * The policies to which the missing rule can be added: they select these pods by labels and already allow something.
 */
function denying(comparison: Comparison, direction: Direction, id: number): PolicyVerdict {
  const { isolatedBy } = comparison.network.side(direction, id);
  const own = isolatedBy.filter(
    (policy) => policy.subject.requirements.length > 0 && policy[direction]?.length,
  );
  return comparison.verdict(id, own.map(({ name }) => name).sort());
}
