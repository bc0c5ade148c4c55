import { pods } from '../parts';
import { rule } from '../rule';

export const pinnedVolume = rule({
  id: 'pinned-volume',
  sentence:
    'A pod whose volume lies on one node asks for exactly that node, and any other for a node that exists.',
  why: 'A local volume exists on one node: elsewhere the pod stays Pending, or starts with an empty one.',
  source: 'chapter 7, redis; https://github.com/rancher/local-path-provisioner',
  severity: 'high',
  fix: 'Label the node that has the volume, and name the label as nodeSelector.',
  parts: pods,
  faults: ({ namespace, spec: { nodeSelector, volumes = [] } }, manifests) => {
    const { nodes } = manifests.facts;
    const local = volumes.find(({ persistentVolumeClaim: claim }) => {
      const found = claim && manifests.typed('PersistentVolumeClaim', namespace, claim.claimName ?? '');
      return found?.spec?.storageClassName === 'local-path';
    });
    if (nodes === undefined || (local === undefined && nodeSelector === undefined)) return undefined;
    const selected = Object.entries(nodeSelector ?? {}).filter(([key]) => !key.startsWith('kubernetes.io/'));
    const fitting = nodes.filter(({ labels }) => selected.every(([key, value]) => labels[key] === value));
    if (fitting.length === 0) return [{ path: 'nodeSelector', must: 'name labels that a node carries' }];
    return [
      local !== undefined &&
        fitting.length > 1 && {
          path: 'nodeSelector',
          found: `fits ${fitting.map(({ name }) => name).join(', ')}`,
          must: `fit the one node that has the volume ${local.name}`,
        },
    ];
  },
});
