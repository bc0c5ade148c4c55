import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { admits } from '../../../kubernetes/scheduling/admission';
import { hostnameLabel } from '../../../kubernetes/scheduling/node';
import { templateHashLabel } from '../../../kubernetes/workloads/pod-labels';
import { matches } from '../../../kubernetes/workloads/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const stuckRollout = rule({
  id: 'stuck-rollout',
  sentence: 'Every rollout can schedule its first new pod.',
  why: 'For example, three pods with required anti-affinity run on three nodes, and maxUnavailable is 0. Then no node accepts the new pod, and the rollout never progresses.',
  source: 'ours: seen on a cluster of three nodes',
  severity: 'high',
  fix: 'Use preferred instead of required anti-affinity, or set maxUnavailable: 1.',
  parts: objectsOf('Deployment'),
  faults: ({ spec: { replicas: stated = 1, template } = {} }, manifests, { object }) => {
    const { nodes } = manifests.facts;
    const most = manifests.autoscaler(object)?.fields.spec?.maxReplicas;
    const replicas = most ?? stated;
    const strategy = rolloutStrategyOf(object);
    if (nodes === undefined || strategy?.kind !== 'RollingUpdate') return undefined;
    const { unavailable } = resolvePace(strategy, replicas);
    const open = nodes.filter((node) => admits(template?.spec ?? {}, node)).length;
    const labels = template?.metadata?.labels ?? {};
    const required =
      template?.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const refusesItself = required.some(
      ({ topologyKey, labelSelector, matchLabelKeys = [] }) =>
        topologyKey === hostnameLabel &&
        labelSelector !== undefined &&
        matches(labelSelector, labels) &&
        !matchLabelKeys.includes(templateHashLabel),
    );
    return [
      refusesItself &&
        unavailable < 1 &&
        replicas >= open && {
          path: 'spec.strategy.rollingUpdate.maxUnavailable',
          must: `be at least 1: ${replicas} pods with required anti-affinity run on ${open} nodes`,
        },
      refusesItself &&
        replicas > open && {
          path: most === undefined ? 'spec.replicas' : 'spec.template.spec.affinity.podAntiAffinity',
          must:
            most === undefined
              ? `be at most ${open}, the number of nodes`
              : `allow several pods on one node: the autoscaler may start ${most} pods on ${open} nodes`,
        },
    ];
  },
});
