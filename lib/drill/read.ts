import type { Kind, ObjectOf } from '../checks/kinds';
import type { Manifests } from '../checks/manifests';
import type { Pod } from '../checks/pods';
import { budgetsOf } from './budget';
import type { DrillNode } from './facts';
import { admits, toleratesLoss } from './nodes';
import { scaled } from './percent';
import { priorityOf } from './priority';
import { podRequests } from './requests';
import { spreadRules } from './spread';
import { unmodelledFields } from './unmodelled';
import { boundClaim } from './volumes';
import type { DrillWorkload, Strategy } from './workload';

const kinds = ['Deployment', 'DaemonSet', 'Job', 'CronJob'] as const;

/** Everything among the manifests that makes pods. */
export function readWorkloads(
  manifests: Manifests,
  nodes: readonly DrillNode[],
  isSystem: boolean,
): DrillWorkload[] {
  return manifests.pods.all.map((pod) => readWorkload(pod, manifests, nodes, isSystem));
}

function readWorkload(
  pod: Pod,
  manifests: Manifests,
  nodes: readonly DrillNode[],
  isSystem: boolean,
): DrillWorkload {
  const { object, spec, path, namespace } = pod;
  const kind = kinds.find((each) => each === object.kind) ?? 'other';
  const admitted = nodes.flatMap((node, index) => (admits(spec, node) ? [index] : []));
  const count = countOf(pod, manifests, kind === 'DaemonSet' ? admitted.length : undefined);
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
    strategy: strategyOf(object as unknown as ObjectOf<Kind>, count.replicas, kind),
    requests: podRequests(manifests, namespace, spec),
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

function countOf(pod: Pod, manifests: Manifests, daemons: number | undefined) {
  const { object } = pod;
  const autoscaler = manifests.autoscaler(object);
  if (autoscaler !== undefined) {
    const { minReplicas = 1, maxReplicas = minReplicas } = autoscaler.fields.spec ?? {};
    const replicasField = { object: autoscaler.object, path: 'spec.minReplicas' };
    return { replicas: minReplicas, mostReplicas: maxReplicas, replicasField };
  }
  const replicas = daemons ?? pod.replicas ?? 1;
  return { replicas, mostReplicas: replicas, replicasField: { object, path: 'spec.replicas' } };
}

/** A surge rounds up, an unavailability down; both at nothing are one unavailable. */
function strategyOf(object: ObjectOf<Kind>, replicas: number, kind: DrillWorkload['kind']): Strategy {
  const spec = (object as ObjectOf<'Deployment'> & ObjectOf<'DaemonSet'>).spec;
  if (kind === 'DaemonSet') {
    const { maxSurge = 0, maxUnavailable = 1 } = spec?.updateStrategy?.rollingUpdate ?? {};
    if (spec?.updateStrategy?.type === 'OnDelete') return { kind: 'RollingUpdate', surge: 0, unavailable: 0 };
    return {
      kind: 'RollingUpdate',
      surge: scaled(maxSurge, replicas, Math.ceil),
      unavailable: scaled(maxUnavailable, replicas, Math.ceil),
    };
  }
  if (spec?.strategy?.type === 'Recreate') return { kind: 'Recreate' };
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec?.strategy?.rollingUpdate ?? {};
  const surge = scaled(maxSurge, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable, replicas, Math.floor);
  return { kind: 'RollingUpdate', surge, unavailable: surge + unavailable === 0 ? 1 : unavailable };
}
