import type { Manifests } from '../../../kubernetes/manifests';
import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { admits, toleratesLoss } from '../../../kubernetes/scheduling/admission';
import type { Node } from '../../../kubernetes/scheduling/node';
import { amountsOf } from '../../../kubernetes/scheduling/requests';
import { podCountOf } from '../../../kubernetes/workloads/pod-count';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { budgetsOf } from './budget';
import { priorityOf } from './priority';
import { spreadRules } from './spread';
import { unmodelledFields } from './unmodelled';
import { boundClaim } from './volumes';
import type { DrillWorkload } from './workload';

const kinds = ['Deployment', 'DaemonSet', 'Job', 'CronJob'] as const;

/** Everything among the manifests that makes pods. */
export function readWorkloads(
  manifests: Manifests,
  nodes: readonly Node[],
  isSystem: boolean,
): DrillWorkload[] {
  return manifests.pods.all.map((pod) => readWorkload(pod, manifests, nodes, isSystem));
}

function readWorkload(
  pod: Pod,
  manifests: Manifests,
  nodes: readonly Node[],
  isSystem: boolean,
): DrillWorkload {
  const { object, spec, path, namespace } = pod;
  const kind = kinds.find((each) => each === object.kind) ?? 'other';
  const admitted = nodes.flatMap((node, index) => (admits(spec, node) ? [index] : []));
  const count = countOf(pod, manifests, nodes);
  const spread = spreadRules(pod, manifests);
  const claim = boundClaim(pod, manifests);
  const priority = priorityOf(pod, manifests);
  const budget = budgetsOf(pod, manifests, count.replicas);
  return {
    name: pod.labels['app.kubernetes.io/name'] ?? object.metadata.name,
    namespace,
    kind,
    object,
    podPath: path,
    spec,
    isSystem,
    ...count,
    strategy: rolloutStrategyOf(object),
    requests: amountsOf(pod, manifests),
    limits: amountsOf(pod, manifests, 'limits'),
    ...priority.priority,
    admitted: new Set(admitted),
    spread: spread.rules,
    budgets: budget.budgets,
    boundClaim: claim.bound,
    toleratesLoss: kind === 'DaemonSet' ? Number.POSITIVE_INFINITY : toleratesLoss(spec),
    unmodelled: [
      ...(kind === 'other' ? [{ object, path: 'kind' }] : []),
      ...spread.unmodelled,
      ...claim.unmodelled,
      ...priority.unmodelled,
      ...budget.unmodelled,
      ...unmodelledFields(pod),
    ],
  };
}

function countOf({ object, spec }: Pod, manifests: Manifests, nodes: readonly Node[]) {
  const autoscaler = manifests.autoscaler(object);
  const admittingNodes = nodes.filter((node) => admits(spec, node)).length;
  const { least, most } = podCountOf(object, { autoscaler: autoscaler?.fields.spec, admittingNodes });
  // Runs that overlap count in full wherever one of them is.
  const replicas = Number.isFinite(most) ? least : unbounded;
  return {
    replicas,
    mostReplicas: Math.min(most, Math.max(unbounded, replicas)),
    replicasField:
      autoscaler === undefined
        ? { object, path: 'spec.replicas' }
        : { object: autoscaler.object, path: 'spec.minReplicas' },
  };
}

/** More pods than any cluster that is drilled has room for. */
const unbounded = 1000;
