import { matches } from '../../../kubernetes/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

const hostname = 'kubernetes.io/hostname';

export const rolloutHasRoom = rule({
  id: 'rollout-has-room',
  sentence: 'A rollout finds a node for its first new pod.',
  why: 'Three pods that refuse to share a node, on three nodes, of which none may go first: the rollout waits for ever.',
  source: 'ours: found out on a cluster of three nodes',
  severity: 'high',
  fix: 'Prefer the anti-affinity instead of requiring it, or let one pod go first: maxUnavailable 1.',
  parts: objectsOf('Deployment'),
  faults: ({ spec: { replicas: stated = 1, strategy, template } = {} }, manifests, { object }) => {
    const { nodes } = manifests.facts;
    const most = manifests.autoscaler(object)?.fields.spec?.maxReplicas;
    const replicas = most ?? stated;
    const { maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
    const mayGo =
      typeof maxUnavailable === 'number'
        ? maxUnavailable
        : Math.floor((replicas * Number.parseInt(maxUnavailable, 10)) / 100);
    if (nodes === undefined || strategy?.type === 'Recreate') return undefined;
    const labels = template?.metadata?.labels ?? {};
    const required =
      template?.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const refusesItself = required.some(
      ({ topologyKey, labelSelector, matchLabelKeys = [] }) =>
        topologyKey === hostname &&
        labelSelector !== undefined &&
        matches(labelSelector, labels) &&
        !matchLabelKeys.includes('pod-template-hash'),
    );
    return [
      refusesItself &&
        mayGo < 1 &&
        replicas >= nodes.length && {
          path: 'spec.strategy.rollingUpdate.maxUnavailable',
          must: `be at least 1: ${replicas} pods refuse to share ${nodes.length} nodes`,
        },
      refusesItself &&
        replicas > nodes.length && {
          path: most === undefined ? 'spec.replicas' : 'spec.template.spec.affinity.podAntiAffinity',
          must:
            most === undefined
              ? `be at most ${nodes.length}, the number of nodes`
              : `let its autoscaler's ${most} pods share ${nodes.length} nodes`,
        },
    ];
  },
});
