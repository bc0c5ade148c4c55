import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';

/** What the API server and its controllers write about an object. */
const ofServer = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'];
const annotationsOfServer = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
];

/** What people state of an object: without its status and what the server writes. */
export function statedPart(object: KubernetesObject): KubernetesObject {
  const { status: _, metadata, ...others } = object;
  const { annotations = {}, ...kept } = without(metadata, ofServer) as KubernetesObject['metadata'];
  const stated = without(annotations, annotationsOfServer) as Readonly<Record<string, string>>;
  const hasAny = Object.keys(stated).length > 0;
  return { ...others, metadata: { ...kept, ...(hasAny && { annotations: stated }) } } as KubernetesObject;
}

function without(map: JsonMap, keys: readonly string[]): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** A text that is the same for equal values, whatever the order of their keys. */
export function canonicalJson(value: Json | undefined): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((each: Json) => sorted(each) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
