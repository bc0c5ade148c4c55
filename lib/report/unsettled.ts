import { leftBehindObjects } from '../analysis/impact/kubernetes/left-behind';
import type { JsonMap, KubernetesObject } from '../documents/kubernetes';
import { kindOf, objectKey } from '../kubernetes/objects/object-key';
import { leftBehindText } from './left-behind';
import { shrinkingQuota } from './shrinking-quota';

/** Of an earlier output, the objects that need something done in the cluster. */
export function unsettledObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): KubernetesObject[] {
  const quotas = before.filter(
    (object) => kindOf(object) === 'ResourceQuota' && shrinkingQuota([object], after) !== '',
  );
  return [...new Set([...leftBehindObjects(before, after), ...quotas])].map(remembered);
}

/** The objects of an earlier output, among them those that are unsettled since an older one. */
export function earlierObjects(
  unsettled: readonly KubernetesObject[],
  before: readonly KubernetesObject[],
): KubernetesObject[] {
  const known = new Set(unsettled.map(objectKey));
  return [...unsettled, ...before.filter((object) => !known.has(objectKey(object)))];
}

/** What is left to do in the cluster, and how to say that it is done. */
export function unsettledText(
  unsettled: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  directory: string,
): string {
  const text = leftBehindText(unsettled, after) + shrinkingQuota(unsettled, after);
  return text === ''
    ? ''
    : `${text}Every synth prints this until it is done in the cluster and you run: npx honeydue settle --out ${directory} --all\n`;
}

/** What the messages need of an object. */
function remembered({ apiVersion, kind, metadata, ...object }: KubernetesObject): KubernetesObject {
  const { name, namespace } = metadata;
  const spec = Object.entries((object['spec'] ?? {}) as JsonMap).filter(([field]) =>
    ['hard', 'type', 'persistentVolumeClaimRetentionPolicy'].includes(field),
  );
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    ...(spec.length > 0 && { spec: Object.fromEntries(spec) }),
  };
}
