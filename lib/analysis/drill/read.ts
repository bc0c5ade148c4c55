import type { KubernetesObject } from '../../documents/kubernetes';
import type { Kind, ObjectOf } from '../../kubernetes/kinds';
import type { Manifests } from '../../kubernetes/manifests';
import type { Pod } from '../../kubernetes/pods';
import { budgetsOf } from './budget';
import type { DrillNode } from './facts';
import { admits, toleratesLoss } from './nodes';
import { priorityOf } from './priority';
import { podLimits, podRequests } from './requests';
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
    strategy: strategyOf(object as unknown as ObjectOf<Kind>),
    requests: podRequests(manifests, namespace, spec),
    limits: podLimits(manifests, namespace, spec),
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
  const replicas = daemons ?? runsAtOnce(object) ?? pod.replicas ?? 1;
  return { replicas, mostReplicas: replicas, replicasField: { object, path: 'spec.replicas' } };
}

/** Of a Job, as many pods as run in parallel; a schedule that lets its runs overlap is bounded by nothing. */
function runsAtOnce(object: KubernetesObject): number | undefined {
  const spec = object['spec'] as JobSpec & {
    readonly concurrencyPolicy?: string;
    readonly jobTemplate?: { readonly spec?: JobSpec };
  };
  if (object.kind === 'Job') return spec.parallelism ?? 1;
  if (object.kind !== 'CronJob') return undefined;
  const { parallelism = 1 } = spec.jobTemplate?.spec ?? {};
  return (spec.concurrencyPolicy ?? 'Allow') === 'Allow' ? Math.max(parallelism, unbounded) : parallelism;
}

interface JobSpec {
  readonly parallelism?: number;
}

/** More pods than any cluster that is drilled has room for. */
const unbounded = 1000;

function strategyOf(object: ObjectOf<Kind>): Strategy {
  const { strategy, updateStrategy } = (object as ObjectOf<'Deployment'> & ObjectOf<'DaemonSet'>).spec ?? {};
  if (object.kind === 'DaemonSet') {
    if (updateStrategy?.type === 'OnDelete') return { kind: 'OnDelete' };
    const { maxSurge = 0, maxUnavailable = 1 } = updateStrategy?.rollingUpdate ?? {};
    return { kind: 'RollingUpdate', maxSurge, maxUnavailable };
  }
  if (strategy?.type === 'Recreate') return { kind: 'Recreate' };
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
  return { kind: 'RollingUpdate', maxSurge, maxUnavailable };
}
