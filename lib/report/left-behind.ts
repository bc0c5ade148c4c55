import { describeObject, type KubernetesObject } from '../documents/kubernetes';

/** What deleting an object takes along. Nobody should do that by pasting a list. */
const consequences: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'deleting it deletes its data',
  Namespace: 'deleting it deletes everything in it, data and Secrets too',
  HelmChartConfig: "deleting it brings back k3s' own values, with port 80 and a Service",
};

/**
 * What an earlier output had and this one hasn't: an apply removes nothing, so it runs on. A Job is left out, since it
 * cleans up after itself. Of what takes data or the edge along only the fact is told; of what lies in a namespace that is
 * gone, nothing: the namespace's line says it.
 */
export function leftBehind(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string {
  const kept = new Set(after.map(describeObject));
  const gone = before.filter((object) => !kept.has(describeObject(object)) && object.kind !== 'Job');
  const namespaces = gone.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const lines = gone
    .filter(({ metadata }) => metadata.namespace === undefined || !namespaces.includes(metadata.namespace))
    .map(line);
  if (lines.length === 0) return '';
  return `\nNo longer described, and left running by any apply. Once the rest is applied:\n${lines.join('\n')}\n`;
}

function line({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  const consequence = consequences[kind];
  if (consequence !== undefined) return `  # ${kind} ${name} is left too; ${consequence}`;
  const place = namespace === undefined ? '' : ` -n ${namespace}`;
  return `  kubectl delete ${kind.toLowerCase()} ${name}${place}`;
}
