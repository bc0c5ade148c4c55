import { kindOf } from '../../../../kubernetes/objects/object-key';
import { describeChange } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/** Budgets that let a drain take more pods at a time than before, or other pods. */
export function budgets({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, after, changes }): Consequence[] => {
    if (kindOf(after) !== 'PodDisruptionBudget') return [];
    const weaker = changes.find(({ path, before, after: now }) => {
      if (path.startsWith('spec.selector') || path === 'spec') return true;
      const [old, next] = [before, now].map((value) =>
        value === undefined ? Number.NaN : Number.parseFloat(String(value)),
      );
      const isSameUnit = String(before).endsWith('%') === String(now).endsWith('%');
      // Of another unit, and of one instead of the other, only the number of pods tells which is more.
      if (path === 'spec.minAvailable') return !(isSameUnit && Number(next) > Number(old));
      return path === 'spec.maxUnavailable' && !(isSameUnit && Number(next) < Number(old));
    });
    if (weaker === undefined) return [];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: name, field: weaker.path },
        reason: `${describeChange(weaker)}. A drain may take more of its pods at a time, or takes those that it no longer selects all at once.`,
        wayOut: 'npx honeydue drill node-drained says what is left then.',
      },
    ];
  });
}
