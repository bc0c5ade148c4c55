import { describeObject } from '../../../documents/kubernetes';
import { parseQuantity } from '../../../kubernetes/quantity';
import { peakOf } from '../../rules/scheduling/quota-has-room';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';

/**
 * Quotas that shrink below what runs. Pods that run still count by what they requested, so that a quota which is applied
 * before they are replaced refuses the very pods that would replace them.
 */
export function quotas({ base, changed, added }: ObjectChanges): Consequence[] {
  const fresh = added.map((after) => ({ name: describeObject(after), before: undefined, after }));
  return [...changed, ...fresh].flatMap(({ name, before, after }): Consequence[] => {
    if (after.kind !== 'ResourceQuota') return [];
    const [old, now] = [before, after].map(
      (quota) => ((quota?.['spec'] ?? {}) as { hard?: Record<string, string> }).hard ?? {},
    );
    const short = Object.entries(now ?? {}).flatMap(([resource, hard]) => {
      const amount = parseQuantity(String(hard)) ?? 0;
      const isLess = amount < (parseQuantity(String(old?.[resource] ?? '')) ?? Number.POSITIVE_INFINITY);
      const peak = peakOf(base.manifests, after.metadata.namespace ?? 'default', resource) ?? 0;
      return isLess && peak > amount + 1e-9
        ? [`${resource} ${old?.[resource] ?? 'without limit'} -> ${hard}`]
        : [];
    });
    if (short.length === 0) return [];
    return [
      {
        ...{ class: 'fails', side: 'kubernetes', object: name, field: 'spec.hard' },
        reason: `${short.join('; ')}. Pods that run still count by what they requested: applied with the rest, it may refuse the very pods that would replace them.`,
        wayOut:
          'Leave the quota out of this apply, and apply it once every rollout is over (kubectl rollout status).',
      },
    ];
  });
}
