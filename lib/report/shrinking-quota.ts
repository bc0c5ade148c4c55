import type { KubernetesObject } from '../documents/kubernetes';
import { kindOf, objectKey } from '../kubernetes/objects/object-key';
import { parseQuantity } from '../kubernetes/quantity';

/**
 * What to tell of a quota that shrinks. Pods that run still count by what they requested, so a quota that is applied
 * before they are replaced refuses the very pods that would replace them.
 */
export function shrinkingQuota(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string {
  const now = new Map(after.map((object) => [objectKey(object), hardOf(object)]));
  const lines = before
    .filter((object) => kindOf(object) === 'ResourceQuota')
    .flatMap((object) => {
      const hard = now.get(objectKey(object)) ?? {};
      return Object.entries(hardOf(object))
        .filter(([resource, old]) => (parseQuantity(hard[resource] ?? old) ?? 0) < (parseQuantity(old) ?? 0))
        .map(([resource, old]) => `  ${resource}: ${old} -> ${hard[resource]}`);
    });
  if (lines.length === 0) return '';
  return [
    '',
    'The quota shrinks, and pods that run still count by what they requested: leave 1-limits.k8s.yaml out of this apply, and',
    'apply it once every rollout is over (kubectl rollout status). Applied first, it would refuse their replacements.',
    ...lines,
    '',
  ].join('\n');
}

function hardOf({ spec }: KubernetesObject): Record<string, string> {
  return (spec as { hard?: Record<string, string> } | undefined)?.hard ?? {};
}
