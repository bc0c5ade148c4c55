import type { Manifests } from '../../../kubernetes/manifests';
import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { admits, secondsUntilEviction } from '../../../kubernetes/scheduling/admission';
import { amountsOf } from '../../../kubernetes/scheduling/requests';
import { findStartObstacles } from '../../../kubernetes/start/start-obstacles';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { DrillFacts } from '../facts';
import { budgetsOf } from './budget';
import { podPriorityOf } from './priority';
import { spreadRules } from './spread';
import { unmodelledFields } from './unmodelled';
import { boundClaim } from './volumes';
import type { DrillKind, DrillWorkload } from './workload';

/** All workloads of the manifests. */
export function readWorkloads(manifests: Manifests, facts: DrillFacts, isSystem: boolean): DrillWorkload[] {
  return manifests.pods.all.map((pod) => readWorkload(pod, manifests, facts, isSystem));
}

function readWorkload(
  pod: Pod,
  manifests: Manifests,
  { nodes, defaultStorageClass }: DrillFacts,
  isSystem: boolean,
): DrillWorkload {
  const { object, spec, path, namespace } = pod;
  const kind = (object.kind === 'ReplicationController' ? 'ReplicaSet' : object.kind) as DrillKind;
  const admitted = nodes.flatMap((node, index) => (admits(spec, node) ? [index] : []));
  const count = countOf(pod, manifests);
  const spread = spreadRules(pod, manifests);
  const claim = boundClaim(pod, manifests, defaultStorageClass);
  const priority = podPriorityOf(pod, manifests);
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
    isSticky: claim.isSticky,
    obstacles: isSystem ? [] : findStartObstacles(pod, { manifests, nodes }),
    secondsUntilEviction: kind === 'DaemonSet' ? Number.POSITIVE_INFINITY : secondsUntilEviction(spec),
    unmodelled: [
      ...spread.unmodelled,
      ...claim.unmodelled,
      ...priority.unmodelled,
      ...budget.unmodelled,
      ...unmodelledFields(pod),
    ],
  };
}

function countOf({ object, count: { least, most } }: Pod, manifests: Manifests) {
  const autoscaler = manifests.autoscaler(object);
  // Runs of a CronJob can overlap, so every node may hold any number of its pods.
  const replicas = Number.isFinite(most) ? least : unbounded;
  return {
    replicas,
    mostReplicas: Number.isFinite(most) ? most : unbounded,
    replicasField:
      autoscaler === undefined
        ? { object, path: 'spec.replicas' }
        : { object: autoscaler.object, path: 'spec.minReplicas' },
  };
}

/** Upper bound of a replica count: more pods than any drilled cluster can hold. */
const unbounded = 1000;
