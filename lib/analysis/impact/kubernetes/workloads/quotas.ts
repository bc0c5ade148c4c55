import type { ResourceQuotaSpec } from '../../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { parseQuantity } from '../../../../kubernetes/quantity';
import { quotaPeak } from '../../../../kubernetes/scheduling/quota';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/**
 * Quotas that shrink below current usage. Running pods count with their old requests until a rollout replaces them, so
 * a smaller quota refuses their replacements.
 */
export function quotas({ base, changed, added }: ObjectChanges): Consequence[] {
  const fresh = added.map((after) => ({ name: describeObject(after), before: undefined, after }));
  return [...changed, ...fresh].flatMap(({ name, before, after }): Consequence[] => {
    if (kindOf(after) !== 'ResourceQuota') return [];
    const [old, spec] = [before, after].map((quota) => (quota?.['spec'] ?? {}) as ResourceQuotaSpec);
    const short = Object.entries(spec?.hard ?? {}).flatMap(([resource, hard]) => {
      const amount = parseQuantity(String(hard)) ?? 0;
      const isLess =
        amount < (parseQuantity(String(old?.hard?.[resource] ?? '')) ?? Number.POSITIVE_INFINITY);
      const peak = quotaPeak(base.manifests, namespaceOf(after), spec ?? {}, resource) ?? 0;
      return isLess && peak > amount + 1e-9
        ? [`${resource} ${old?.hard?.[resource] ?? 'without limit'} -> ${hard}`]
        : [];
    });
    if (short.length === 0) return [];
    return [
      {
        ...{ class: 'cut off', side: 'kubernetes', object: name, field: 'spec.hard' },
        reason: `${short.join('; ')}. Running pods keep running, and their requests count: the quota may refuse new pods, for example in a rollout or after a node is lost.`,
        wayOut:
          'Apply the quota separately, after every rollout has finished (kubectl rollout status), and leave room for the extra pods (maxSurge) of the next rollout.',
      },
    ];
  });
}
