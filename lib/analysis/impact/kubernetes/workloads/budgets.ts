import type { PodDisruptionBudgetSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { allowedDisruptions, type Disruptions } from '../../../../kubernetes/rollout/disruptions';
import { describeChange } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';

/** Budgets that allow more pods, or other pods, to be evicted at once, and budgets that allow none. */
export function budgets(found: ObjectChanges): Consequence[] {
  return [...weakened(found), ...blocking(found)];
}

function weakened({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, after, changes }): Consequence[] => {
    if (kindOf(after) !== 'PodDisruptionBudget') return [];
    const weaker = changes.find(({ path, before, after: now }) => {
      if (path.startsWith('spec.selector') || path === 'spec') return true;
      const [old, next] = [before, now].map((value) =>
        value === undefined ? Number.NaN : Number.parseFloat(String(value)),
      );
      const isSameUnit = String(before).endsWith('%') === String(now).endsWith('%');
      // Values with different units or of different fields can only be compared by the number of pods.
      if (path === 'spec.minAvailable') return !(isSameUnit && Number(next) > Number(old));
      return path === 'spec.maxUnavailable' && !(isSameUnit && Number(next) < Number(old));
    });
    if (weaker === undefined) return [];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: name, field: weaker.path },
        reason: `${describeChange(weaker)}. A drain may evict more of the budget's pods at once, and every pod that the budget no longer selects.`,
        wayOut: 'To see which pods stay ready during a drain: npx honeydue drill node-drained',
      },
    ];
  });
}

/** Budgets that newly allow no eviction: because they are new or changed, or because there are fewer pods. */
function blocking({ base, head }: ObjectChanges): Consequence[] {
  return head.manifests.of('PodDisruptionBudget').flatMap(({ object }): Consequence[] => {
    const now = disruptionsOf(object, head);
    const old = base.manifests.same(object);
    const was = old === undefined ? undefined : disruptionsOf(old, base);
    if (now === undefined || now.pods === 0 || now.allowed > 0) return [];
    if (was !== undefined && was.pods > 0 && was.allowed <= 0) return [];
    const { pods, field } = now;
    const value = (object['spec'] as PodDisruptionBudgetSpec | undefined)?.[field] ?? 0;
    return [
      {
        ...{ class: 'cut off', side: 'kubernetes', object: describeObject(object), field: `spec.${field}` },
        reason: `${field} ${value} with ${pods === 1 ? '1 pod' : `${pods} pods`} allows no eviction: on a node with one of the pods, a drain never finishes, so the node can't be upgraded.`,
        wayOut:
          pods === 1
            ? 'Set maxUnavailable: 1 instead, or run a second pod.'
            : `Set minAvailable to at most ${pods - 1}, or maxUnavailable to 1.`,
      },
    ];
  });
}

function disruptionsOf(budget: KubernetesObject, { manifests }: Objects): Disruptions | undefined {
  const spec = (budget['spec'] ?? {}) as PodDisruptionBudgetSpec;
  return allowedDisruptions(spec, namespaceOf(budget), manifests);
}
