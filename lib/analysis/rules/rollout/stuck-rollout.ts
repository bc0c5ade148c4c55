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
  sentence: 'A rollout finds a node for its first new pod.',
  why: 'Three pods that refuse to share a node, on three nodes, of which none may go first: the rollout waits for ever.',
  source: 'ours: found out on a cluster of three nodes',
  severity: 'high',
  fix: 'Prefer the anti-affinity instead of requiring it, or let one pod go first: maxUnavailable 1.',
  parts: objectsOf('Deployment'),
  faults: ({ spec: { replicas: stated = 1, template } = {} }, manifests, { object }) => {
    const { nodes } = manifests.facts;
    const most = manifests.autoscaler(object)?.fields.spec?.maxReplicas;
    const replicas = most ?? stated;
    const strategy = rolloutStrategyOf(object);
    if (nodes === undefined || strategy?.kind !== 'RollingUpdate') return undefined;
    const mayGo = resolvePace(strategy, replicas).unavailable;
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
        mayGo < 1 &&
        replicas >= open && {
          path: 'spec.strategy.rollingUpdate.maxUnavailable',
          must: `be at least 1: ${replicas} pods refuse to share ${open} nodes`,
        },
      refusesItself &&
        replicas > open && {
          path: most === undefined ? 'spec.replicas' : 'spec.template.spec.affinity.podAntiAffinity',
          must:
            most === undefined
              ? `be at most ${open}, the number of nodes`
              : `let its autoscaler's ${most} pods share ${open} nodes`,
        },
    ];
  },
});
