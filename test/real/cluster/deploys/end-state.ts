import type { Json, KubernetesObject } from '../../../../lib/documents/kubernetes';
import type { Cluster } from '../servers/cluster';
import { kubectlOrThrow } from '../servers/kubectl';

/** The kinds that the manifests of the tests have in their namespace. */
const kinds = [
  ...['configmap', 'service', 'serviceaccount', 'poddisruptionbudget', 'networkpolicy', 'ingress'],
  ...['resourcequota', 'limitrange', 'persistentvolumeclaim', 'job', 'cronjob', 'deployment'],
];

/** Everything that a deployment wrote, without what names a moment or this namespace. */
export async function endStateOf(cluster: Cluster, namespace: string): Promise<string> {
  const get = async (...words: string[]) =>
    (
      JSON.parse(await kubectlOrThrow(cluster, ['get', ...words, '-o', 'json'])) as {
        items: KubernetesObject[];
      }
    ).items;
  const own = await get(`namespace,${kinds.join()}`, '-n', namespace, '--show-managed-fields');
  const records = await get('configmap,lease,helmchartconfig', '-n', 'kube-system');
  const items = [...own, ...records].filter(
    ({ metadata, kind }) =>
      kind === 'HelmChartConfig' ||
      JSON.stringify(metadata).includes(`"${namespace}`) ||
      (kind === 'Namespace' && metadata.name === namespace),
  );
  const timeless = items.map(({ status: _, ...object }) =>
    JSON.stringify(sortedKeys(object as unknown as Json), replaced),
  );
  return timeless.sort().join('\n').replaceAll(namespace, '<namespace>');
}

/** The same of a deployment that ran before: without what counts its runs. */
export async function endStateOfRepeated(cluster: Cluster, namespace: string): Promise<string> {
  const state = await endStateOf(cluster, namespace);
  const isRecord = (line: string) => line.includes('"manifests":"<manifests>"');
  return state
    .split('\n')
    .filter((line) => !isRecord(line))
    .map((line) =>
      line.replace(/"generation":\d+/, '').replace(/"deployment.kubernetes.io\/revision":"\d+"/, ''),
    )
    .join('\n');
}

const ofMoment = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'time',
  'clusterIP',
  'clusterIPs',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
];

function replaced(key: string, value: unknown): unknown {
  if (ofMoment.includes(key)) return undefined;
  if (key === 'manifests') return '<manifests>';
  // A controller's share of a status comes and goes with its moments.
  if (key === 'managedFields')
    return (value as { subresource?: string }[]).filter(({ subresource }) => subresource === undefined);
  if (key === 'record')
    return JSON.stringify({
      ...(JSON.parse(String(value)) as object),
      digest: '',
      started: '',
      finished: '',
    });
  return value;
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sortedKeys(each ?? null)]),
  );
}
