import type { KubernetesObject } from '../documents/kubernetes';
import { kindOf, objectKey } from '../kubernetes/objects/object-key';
import { parseQuantity } from '../kubernetes/quantity';

/**
 * A warning about a ResourceQuota that becomes smaller. Running pods count with their old requests. So, if the
 * smaller quota is applied before the rollout, the API server refuses the new pods.
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
    'The ResourceQuota gets smaller, but running pods count with their old requests until they are replaced. Leave 1-limits.k8s.yaml out of',
    'this apply, and apply the file when all rollouts have finished (kubectl rollout status). Otherwise the API server refuses the new pods.',
    ...lines,
    '',
  ].join('\n');
}

function hardOf({ spec }: KubernetesObject): Record<string, string> {
  return (spec as { hard?: Record<string, string> } | undefined)?.hard ?? {};
}
