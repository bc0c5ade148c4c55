import { describeObject, type KubernetesObject } from '../documents/kubernetes';

/**
 * What an earlier output had and this one hasn't: an apply removes nothing, so it runs on. A Job is left out, since it
 * cleans up after itself; of a claim only the fact is told, since deleting it deletes data.
 */
export function leftBehind(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string {
  const kept = new Set(after.map(describeObject));
  const gone = before.filter((object) => !kept.has(describeObject(object)) && object.kind !== 'Job');
  if (gone.length === 0) return '';
  const lines = gone.map(({ kind, metadata: { namespace, name } }) => {
    if (kind === 'PersistentVolumeClaim')
      return `  # PersistentVolumeClaim ${name} is left too; deleting it deletes its data`;
    const place = namespace === undefined ? '' : ` -n ${namespace}`;
    return `  kubectl delete ${kind.toLowerCase()} ${name}${place}`;
  });
  return `\nNo longer described, and left running by any apply. Once the rest is applied:\n${lines.join('\n')}\n`;
}
