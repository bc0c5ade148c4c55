import type { StatefulSetSpec } from '../../../../imports/kubernetes/kinds';
import type { Output } from '../../../documents/output';
import { isLocal } from '../../../kubernetes/storage/local-path';
import type { Objects } from '../kubernetes/objects';
import { claimsOf } from '../kubernetes/uses';

/** The workloads whose volume lies on a node; undefined where the output doesn't tell. */
export type VolumesOfNode = (node: string) => readonly string[] | undefined;

/**
 * Which node holds which workload's volume: the one whose script gives it the label that the workload's pods ask for.
 * Only volumes of one node count, those of the class local-path. Of pods that ask for no node nobody knows where theirs is.
 */
export function volumesOfNodes(output: Output, objects: Objects): VolumesOfNode {
  const pinned = objects.manifests.pods.all.flatMap(({ object, namespace, spec }) => {
    const hasLocal = claimsOf(object, objects).some((name) => {
      const claim = objects.manifests.typed('PersistentVolumeClaim', namespace, name);
      return claim !== undefined && isLocal(claim.spec?.storageClassName);
    });
    const { volumeClaimTemplates = [] } = (object['spec'] ?? {}) as unknown as StatefulSetSpec;
    return hasLocal || volumeClaimTemplates.some((claim) => isLocal(claim.spec?.storageClassName))
      ? [{ name: object.metadata.name, asked: Object.entries(spec.nodeSelector ?? {}) }]
      : [];
  });
  return (node) => {
    if (pinned.length === 0) return [];
    if (pinned.some(({ asked }) => asked.length === 0)) return undefined;
    const script = output.texts.get(`nodes/${node}.sh`);
    if (script === undefined) return undefined;
    const labels = labelsOf(script);
    return pinned
      .filter(({ asked }) => asked.every(([key, value]) => labels.get(key) === value))
      .map(({ name }) => name);
  };
}

/** `  label honeydue/redis true`, in the table of a node's script. */
function labelsOf(script: string): Map<string, string> {
  return new Map(
    [...script.matchAll(/^ {2}label (\S+) (\S+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}
