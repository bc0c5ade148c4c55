import { formatSeconds, grace, longestBackOff, starting, sum } from './duration';
import { isJob, jobOutcome, type NodeFailures } from './node-failures';
import { type Outcome, untouched, worst } from './outcome';
import { nowhere } from './placements';
import type { DrillWorkload } from './workload';

/** A change of the pod's template is applied, and the new pods are well. */
export function rolledOut(workload: DrillWorkload, on: NodeFailures): Outcome {
  const { name, replicas, strategy, kind } = workload;
  if (isJob(workload)) return untouched(name, 1, { notes: ['the next run is of the new template'] });
  const start = starting(workload);
  if (strategy.kind === 'Recreate') {
    const completes = on.homes.every((home) => on.simulation(home).fitsWithout(nowhere));
    const ending = { seconds: grace(workload), besides: [] };
    return untouched(name, replicas, {
      ready: 0,
      completes,
      recovery: completes
        ? { kind: 'within', ...sum(ending, start) }
        : { kind: 'until', event: 'there is room for it' },
    });
  }
  const running = workload.mostReplicas + strategy.surge;
  if (kind === 'DaemonSet') {
    const ready = strategy.surge > 0 ? replicas : Math.max(0, replicas - strategy.unavailable);
    const seconds = replicas * (start.seconds + grace(workload));
    return untouched(name, replicas, {
      ready,
      running,
      completes: true,
      recovery: ready < replicas ? { kind: 'within', ...start, seconds } : { kind: 'never short' },
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
        running,
        completes,
        ...(!completes && {
          stuck: refused
            ? 'a ResourceQuota may refuse the new pods'
            : on.whyWaiting(home, (light) => light.rollout.mayStick),
        }),
        recovery: !isShort
          ? { kind: 'never short' }
          : completes
            ? { kind: 'within', seconds: replicas * start.seconds, besides: start.besides }
            : { kind: 'until', event: 'the rollout is taken back' },
      });
    }),
  );
}

/** A template whose image can't be pulled, crashes or never answers. */
export function badImage(workload: DrillWorkload, on: NodeFailures): Outcome {
  const { name, replicas, strategy, spec } = workload;
  if (isJob(workload)) return jobOutcome(workload, { notes: ['every run of it fails'] });
  const event = 'the rollout is taken back';
  if (strategy.kind === 'Recreate') {
    return untouched(name, replicas, { ready: 0, completes: false, recovery: { kind: 'until', event } });
  }
  const blind = (spec.containers ?? []).filter(({ readinessProbe }) => readinessProbe === undefined);
  const floor = replicas - strategy.unavailable;
  const ready = blind.length > 0 ? 0 : Math.max(0, Math.min(floor, rolledOut(workload, on).ready ?? 0));
  return untouched(name, replicas, {
    ready,
    running: workload.mostReplicas + strategy.surge,
    completes: false,
    recovery: ready < replicas ? { kind: 'until', event } : { kind: 'never short' },
    notes: blind.map(
      ({ name: container }) =>
        `${container} has no readiness probe: an image that starts and fails later counts as ready, and replaces the good one`,
    ),
    unknown: ['an image that answers its probes and is wrong otherwise replaces the good one'],
  });
}

/** Its program ends again and again, in every pod. */
export function crash(workload: DrillWorkload): Outcome {
  const { name, replicas } = workload;
  return untouched(name, replicas, {
    ready: 0,
    recovery: { kind: 'until', event: 'what makes it crash is mended' },
    notes: [`the kubelet starts it again after at most ${formatSeconds(longestBackOff)}`],
  });
}

/** What runs goes on; what starts needs its image on the node. */
export function registryAway(workload: DrillWorkload, host: string): Outcome {
  const { name, replicas, spec } = workload;
  const always = (spec.containers ?? []).some(
    ({ image = '', imagePullPolicy }) =>
      imagePullPolicy === 'Always' ||
      (imagePullPolicy === undefined &&
        !image.includes('@') &&
        /(^[^:]*|:latest)$/.test(image.split('/').at(-1) ?? '')),
  );
  const starts = always ? 'a container that starts again' : 'a pod that starts on a node without its image';
  return untouched(name, replicas, {
    notes: [`${starts} waits until ${host} is back, and so does every rollout of a new image`],
    unknown: ['which nodes have its image'],
  });
}
