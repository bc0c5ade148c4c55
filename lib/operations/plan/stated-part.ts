import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';

/** Metadata fields that the API server sets. */
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

/** The part of an object that people set: without the status and the fields that the API server and its controllers write. */
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

/** JSON with sorted keys: equal values give equal strings. */
export function canonicalJson(value: Json | undefined): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((each: Json) => sorted(each) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
