import { leftBehindObjects } from '../analysis/impact/kubernetes/left-behind';
import type { JsonMap, KubernetesObject } from '../documents/kubernetes';
import { kindOf, objectKey } from '../kubernetes/objects/object-key';
import { leftBehindText } from './left-behind';
import { shrinkingQuota } from './shrinking-quota';

/** The objects of an earlier output that require a manual step in the cluster. */
export function unsettledObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): KubernetesObject[] {
  const quotas = before.filter(
    (object) => kindOf(object) === 'ResourceQuota' && shrinkingQuota([object], after) !== '',
  );
  return [...new Set([...leftBehindObjects(before, after), ...quotas])].map(remembered);
}

/** The objects of the earlier output, and the objects that were already unsettled before it. */
export function earlierObjects(
  unsettled: readonly KubernetesObject[],
  before: readonly KubernetesObject[],
): KubernetesObject[] {
  const known = new Set(unsettled.map(objectKey));
  return [...unsettled, ...before.filter((object) => !known.has(objectKey(object)))];
}

/** Prints the manual steps in the cluster, and the command that marks them as done. */
export function unsettledText(
  unsettled: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  directory: string,
): string {
  const text = leftBehindText(unsettled, after) + shrinkingQuota(unsettled, after);
  return text === ''
    ? ''
    : `${text}Every synth prints these steps until they are marked as done. After you have done the steps in the cluster, run: npx honeydue settle --out ${directory} --all\n`;
}

/** Keeps only the fields that the messages need. */
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
