import type { CronJobSpec, HorizontalPodAutoscalerSpecV2, JobSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';

/** The number of pods that one object runs, apart from failures and rollouts. */
export interface PodCount {
  readonly least: number;
  /** Infinite if there is no upper bound: a DaemonSet with unknown nodes, or a CronJob with concurrent runs. */
  readonly most: number;
}

/** Facts outside of an object that decide its number of pods. */
export interface CountedBy {
  /** The spec of the HorizontalPodAutoscaler that scales the object. */
  readonly autoscaler?: HorizontalPodAutoscalerSpecV2 | undefined;
  /** Number of nodes that accept the object's pods. Undefined if the nodes are unknown. */
  readonly admittingNodes?: number | undefined;
}

export function podCountOf(
  object: KubernetesObject,
  { autoscaler, admittingNodes }: CountedBy = {},
): PodCount {
  const spec = object['spec'] as unknown;
  switch (kindOf(object)) {
    case 'Pod':
      return exactly(1);
    case 'DaemonSet':
      return admittingNodes === undefined
        ? { least: 1, most: Number.POSITIVE_INFINITY }
        : exactly(admittingNodes);
    case 'Job':
      return exactly(podsOfRun(spec as JobSpec));
    case 'CronJob': {
      const { suspend, concurrencyPolicy = 'Allow', jobTemplate } = (spec ?? {}) as CronJobSpec;
      if (suspend === true) return exactly(0);
      const run = podsOfRun(jobTemplate?.spec);
      return { least: run, most: concurrencyPolicy === 'Allow' ? Number.POSITIVE_INFINITY : run };
    }
    default: {
      const { replicas = 1 } = (spec ?? {}) as { readonly replicas?: number };
      if (autoscaler === undefined || replicas === 0) return exactly(replicas);
      const { minReplicas = 1, maxReplicas = minReplicas } = autoscaler;
      return { least: minReplicas, most: maxReplicas };
    }
  }
}

/** The maximum number of pods; if there is no upper bound, the minimum. */
export function knownMost({ least, most }: PodCount): number {
  return Number.isFinite(most) ? most : least;
}

/**
 * Number of pods that a Job runs at once.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism
 */
function podsOfRun({ suspend, parallelism = 1, completions = parallelism }: JobSpec = {}): number {
  return suspend === true ? 0 : Math.min(parallelism, completions);
}

function exactly(count: number): PodCount {
  return { least: count, most: count };
}
