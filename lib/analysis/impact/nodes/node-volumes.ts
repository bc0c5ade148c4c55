import type { StatefulSetSpec } from '../../../../imports/kubernetes/kinds';
import type { Node } from '../../../kubernetes/scheduling/node';
import { isLocal } from '../../../kubernetes/storage/local-path';
import type { Objects } from '../kubernetes/objects';
import { claimsOf } from '../kubernetes/uses';

/** The workloads with a local volume on a node; undefined if unknown. */
export type VolumesOfNode = (node: string) => readonly string[] | undefined;

/**
 * Finds the workloads with a local-path volume on a node. A volume is on the node whose labels match the nodeSelector
 * of its pods. Without a nodeSelector, the node is unknown.
 */
export function volumesOfNodes(nodes: readonly Node[] | undefined, objects: Objects): VolumesOfNode {
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
    const labels = nodes?.find(({ name }) => name === node)?.labels;
    if (labels === undefined) return undefined;
    return pinned
      .filter(({ asked }) => asked.every(([key, value]) => labels[key] === value))
      .map(({ name }) => name);
  };
}
