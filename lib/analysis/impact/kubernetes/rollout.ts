import type {
  DaemonSetSpec,
  DeploymentSpec,
  PodSpec,
  StatefulSetSpec,
} from '../../../../imports/kubernetes/kinds';
import { describeSeconds } from '../../../documents/duration';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Objects } from './objects';
import { describeGap, type Start, startOf } from './start';

/** How an object's pods give way to new ones. */
export interface Rollout {
  /** `3 pods, one at a time: ...`: how many at once, and whether anything is missing meanwhile. */
  readonly sentence: string;
  /** Nothing, or too little, answers for a time. */
  readonly hasGap: boolean;
}

/** The pods that an object has at rest: a number, or what its autoscaler allows. */
interface Pods {
  readonly least: number;
  readonly words: string;
}

/**
 * What a new pod template does to the pods that run; undefined for a kind whose pods stay as they are.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export function rolloutOf(object: KubernetesObject, objects: Objects): Rollout | undefined {
  const spec = object['spec'] as unknown;
  if (object.kind === 'Deployment') {
    const deployment = (spec ?? {}) as DeploymentSpec;
    if (deployment.paused === true) return undefined;
    return rolloutOfDeployment(deployment, podsOf(object, deployment.replicas, objects));
  }
  if (object.kind === 'StatefulSet') return rolloutOfStatefulSet((spec ?? {}) as StatefulSetSpec);
  return object.kind === 'DaemonSet' ? rolloutOfDaemonSet((spec ?? {}) as DaemonSetSpec) : undefined;
}

function podsOf(object: KubernetesObject, replicas: number | undefined, objects: Objects): Pods {
  const autoscaler = objects.manifests.autoscaler(object)?.fields.spec;
  if (autoscaler === undefined) return { least: replicas ?? 1, words: count(replicas ?? 1) };
  const least = autoscaler.minReplicas ?? 1;
  return { least, words: `${least} to ${autoscaler.maxReplicas} pods` };
}

function rolloutOfDeployment(
  { strategy = {}, template = {}, minReadySeconds = 0 }: DeploymentSpec,
  pods: Pods,
): Rollout {
  const { spec = {} } = template;
  const start = startOf(spec);
  if (pods.least === 0) return { sentence: 'No pod runs, so none restarts.', hasGap: false };
  if (strategy.type === 'Recreate') {
    const sentence = `It stops before it starts again, so nothing of it runs meanwhile: ${describeGap(spec, start)}.`;
    return { sentence, hasGap: true };
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy.rollingUpdate ?? {};
  const surge = resolve(maxSurge, pods.least, Math.ceil);
  // The controller takes one away rather than none both ways.
  const away = Math.max(resolve(maxUnavailable, pods.least, Math.floor), surge === 0 ? 1 : 0);
  const available = Math.max(pods.least - away, 0);
  const atOnce = surge + away;
  const step = atOnce >= pods.least ? 'all at once' : `${atOnce} at a time`;
  if (available === 0) {
    const sentence = `${capital(pods.words)}, ${step}, and none stays meanwhile: ${describeGap(spec, start)}.`;
    return { sentence, hasGap: true };
  }
  const stays =
    away === 0
      ? 'each new one is ready before an old one goes: no gap'
      : `at least ${available} ${available === 1 ? 'stays' : 'stay'}: fewer pods, no gap`;
  const isBlind = start.bound === 'at once';
  const blind = isBlind ? ', but without a readiness probe a new one counts as ready before it answers' : '';
  const steps = Math.ceil(pods.least / atOnce);
  const sentence = `${capital(pods.words)}, ${step}; ${stays}${blind}.${duration(start, steps, minReadySeconds)}`;
  return { sentence, hasGap: isBlind };
}

function duration(start: Start, steps: number, minReadySeconds: number): string {
  if (start.bound !== 'probes') return '';
  return ` It takes up to ${describeSeconds(steps * (start.seconds + minReadySeconds))}.`;
}

function rolloutOfStatefulSet({
  replicas = 1,
  updateStrategy,
  template = {},
}: StatefulSetSpec): Rollout | undefined {
  if (updateStrategy?.type === 'OnDelete' || replicas === 0) return undefined;
  const { spec = {} } = template;
  const { partition = 0 } = updateStrategy?.rollingUpdate ?? {};
  if (partition >= replicas) return undefined;
  const each = replicas === 1 ? 'its one pod' : `${count(replicas)}, one after another, each of which`;
  const gap = describeGap(spec, startOf(spec));
  return { sentence: `${capital(each)} stops before it starts again: ${gap}.`, hasGap: true };
}

function rolloutOfDaemonSet({ updateStrategy, template = {} }: DaemonSetSpec): Rollout | undefined {
  if (updateStrategy?.type === 'OnDelete') return undefined;
  const { maxSurge = 0, maxUnavailable = 1 } = updateStrategy?.rollingUpdate ?? {};
  const { spec = {} } = template;
  if (maxSurge !== 0 && maxSurge !== '0%')
    return { sentence: 'On one node after another, each new pod beside the old one: no gap.', hasGap: false };
  const nodes =
    typeof maxUnavailable === 'string'
      ? `${maxUnavailable} of the nodes at a time`
      : maxUnavailable === 1
        ? 'one node after another'
        : `${maxUnavailable} nodes at a time`;
  const sentence = `On ${nodes}, each of which is without it meanwhile: ${describeGap(spec, startOf(spec))}.`;
  return { sentence, hasGap: true };
}

/** The pod's spec in an object that makes pods for ever. */
export function podSpecOf(object: KubernetesObject): PodSpec {
  return ((object['spec'] ?? {}) as DeploymentSpec).template?.spec ?? {};
}

function resolve(value: number | string, pods: number, round: (share: number) => number): number {
  return typeof value === 'number' ? value : round((pods * Number.parseFloat(value)) / 100);
}

function count(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
