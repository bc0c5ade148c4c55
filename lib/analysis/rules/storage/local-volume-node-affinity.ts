import { admits } from '../../../kubernetes/scheduling/admission';
import { localPath } from '../../../kubernetes/storage/local-path';
import { pods } from '../parts';
import { rule } from '../rule';

export const localVolumeNodeAffinity = rule({
  id: 'local-volume-node-affinity',
  sentence:
    'A pod with a local volume is restricted to the node of the volume, and every nodeSelector matches an existing node.',
  why: 'A local volume exists on one node. On another node the pod stays Pending or starts with an empty volume.',
  source: 'https://github.com/rancher/local-path-provisioner',
  severity: 'high',
  fix: 'Label the node that has the volume, and use the label as nodeSelector.',
  parts: pods,
  faults: ({ namespace, spec }, manifests) => {
    const { nodeSelector, affinity, volumes = [] } = spec;
    const { nodes } = manifests.facts;
    const local = volumes.find(({ persistentVolumeClaim: claim }) => {
      const found = claim && manifests.typed('PersistentVolumeClaim', namespace, claim.claimName ?? '');
      return found?.spec?.storageClassName === localPath;
    });
    const isSelective = nodeSelector !== undefined || affinity?.nodeAffinity !== undefined;
    if (nodes === undefined || (local === undefined && !isSelective)) return undefined;
    const fitting = nodes.filter((node) => admits(spec, node));
    const path = nodeSelector === undefined && isSelective ? 'affinity.nodeAffinity' : 'nodeSelector';
    if (fitting.length === 0) return [{ path, must: 'match the labels of a node' }];
    return [
      local !== undefined &&
        fitting.length > 1 && {
          path,
          found: `matches ${fitting.map(({ name }) => name).join(', ')}`,
          must: `match only the node that has the volume ${local.name}`,
        },
    ];
  },
});
