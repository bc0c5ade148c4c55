import { describeSeconds } from '../../documents/duration';
import { defaultPullPolicy } from '../../kubernetes/lifecycle/server-defaults';
import { terminationGrace } from '../../kubernetes/rollout/pod-end';
import { resolvePace } from '../../kubernetes/rollout/rollout-pace';
import type { DrillWorkload } from './cluster/workload';
import { longestBackOff, starting, sum } from './duration';
import { isJob, jobOutcome } from './job-outcome';
import type { NodeFailures } from './node-failures';
import { type FailureOutcome, stuckBy, untouched, worst } from './outcome';
import { nowhere } from './search/placements';

/** The outcome of a rollout whose new pods become ready. */
export function rolledOut(workload: DrillWorkload, on: NodeFailures): FailureOutcome {
  const { name, replicas, mostReplicas, strategy, kind } = workload;
  if (isJob(workload)) return untouched(name, 1, { notes: ['the next run uses the new template'] });
  const kept = keptByRollout(workload);
  if (kept !== undefined) return untouched(name, replicas, { notes: [kept] });
  const start = starting(workload);
  if (kind === 'Pod') {
    // A pod without a controller is not replaced: the kubelet restarts its container with the new image.
    const ending = { seconds: terminationGrace(workload.spec), unboundedParts: [] };
    return untouched(name, replicas, {
      ...{ ready: 0, completes: true, recovery: { kind: 'within', ...sum(ending, start) } },
    });
  }
  if (strategy?.kind === 'Recreate') {
    const completes = on.homes.every((home) => on.simulation(home).fitsWithout(nowhere));
    const ending = { seconds: terminationGrace(workload.spec), unboundedParts: [] };
    return untouched(name, replicas, {
      ready: 0,
      completes,
      recovery: completes
        ? { kind: 'within', ...sum(ending, start) }
        : { kind: 'until', event: 'a node has capacity for the pod' },
    });
  }
  const { surge, unavailable } = resolvePace(workload.strategy, replicas);
  if (kind === 'DaemonSet') {
    const ready = surge > 0 ? replicas : Math.max(0, replicas - unavailable);
    return untouched(name, replicas, {
      ready,
      // Without a surge, the old pod on a node ends before the new pod is created.
      running: surge > 0 ? 2 * replicas : replicas,
      completes: true,
      recovery: ready < replicas ? { kind: 'within', ...on.rolling(replicas) } : { kind: 'no downtime' },
    });
  }
  const refused = on.isRefused;
  return worst(
    on.homes.map((home) => {
      const { floor, mayStick } = on.simulation(home).rollout;
      const completes = !mayStick && !refused;
      const isShort = floor < replicas;
      return untouched(name, replicas, {
        ready: Math.max(0, Math.min(floor, replicas)),
        running: mostDuringUpdate(workload),
        completes,
        ...(!completes && {
          ...stuckBy(
            refused
              ? { why: 'a ResourceQuota may refuse the new pods' }
              : on.waiting(home, (light) => light.rollout.mayStick),
          ),
        }),
        recovery: !isShort
          ? { kind: 'no downtime' }
          : completes
            ? { kind: 'within', ...on.rolling(mostReplicas) }
            : { kind: 'until', event: 'the rollout is rolled back' },
      });
    }),
  );
}

/** The reason why a change of the pod template replaces no pod. Undefined if it does replace pods. */
function keptByRollout({ kind, strategy, replicas }: DrillWorkload): string | undefined {
  if (kind === 'ReplicaSet') return 'a change of the pod template replaces no running pod of a ReplicaSet';
  if (strategy?.kind === 'OnDelete') return 'with OnDelete, pods are replaced only when they are deleted';
  if (strategy?.kind === 'RollingUpdate' && strategy.partition >= Math.max(1, replicas))
    return `partition ${strategy.partition} keeps every pod on the old template`;
  return undefined;
}

/**
 * The maximum number of pods during a rolling update. The update does not wait until old pods have ended, so all old
 * pods may still run together with all new pods.
 *
 * @see https://www.kubernetes.dev/resources/keps/5882/
 */
function mostDuringUpdate({ mostReplicas, kind }: DrillWorkload): number {
  // A StatefulSet creates a pod only after the pod with the same name has ended.
  return kind === 'StatefulSet' ? mostReplicas : 2 * mostReplicas;
}

/** The outcome of a rollout whose image can't be pulled, crashes or never becomes ready. */
export function badImage(workload: DrillWorkload, on: NodeFailures): FailureOutcome {
  const { name, replicas, strategy, spec, kind } = workload;
  if (isJob(workload)) return jobOutcome(workload, { notes: ['every run fails'] });
  const event = 'the rollout is rolled back';
  if (strategy?.kind === 'Recreate' || kind === 'Pod') {
    return untouched(name, replicas, { ready: 0, completes: false, recovery: { kind: 'until', event } });
  }
  const blind = (spec.containers ?? []).filter(({ readinessProbe }) => readinessProbe === undefined);
  if (keptByRollout(workload) !== undefined) return rolledOut(workload, on);
  const floor = replicas - resolvePace(workload.strategy, replicas).unavailable;
  const ready = blind.length > 0 ? 0 : Math.max(0, Math.min(floor, rolledOut(workload, on).ready ?? 0));
  return untouched(name, replicas, {
    ready,
    running: kind === 'DaemonSet' ? rolledOut(workload, on).running : mostDuringUpdate(workload),
    completes: false,
    recovery: ready < replicas ? { kind: 'until', event } : { kind: 'no downtime' },
    notes: blind.map(
      ({ name: container }) =>
        `${container} has no readiness probe: a bad image counts as ready as soon as it starts, so it replaces the good image`,
    ),
    unknown: ['a bad image that passes its probes replaces the good image'],
  });
}

/** The outcome of a crash loop in every pod of the workload. */
export function crash(workload: DrillWorkload): FailureOutcome {
  const { name, replicas } = workload;
  return untouched(name, replicas, {
    ready: 0,
    recovery: { kind: 'until', event: 'the cause of the crash is fixed' },
    notes: [`the kubelet starts the container again after at most ${describeSeconds(longestBackOff)}`],
  });
}

/**
 * The outcome while a registry is unreachable: only starting pods are affected, on nodes that do not have the image.
 */
export function unreachableRegistry(workload: DrillWorkload, host: string): FailureOutcome {
  const { name, replicas, spec } = workload;
  const always = (spec.containers ?? []).some(
    ({ image = '', imagePullPolicy = defaultPullPolicy(image) }) => imagePullPolicy === 'Always',
  );
  const starts = always ? 'a container that starts again' : 'a pod that starts on a node without the image';
  return untouched(name, replicas, {
    notes: [`${starts} waits until ${host} is reachable again; every rollout of a new image waits, too`],
    unknown: ['which nodes have the image'],
  });
}
