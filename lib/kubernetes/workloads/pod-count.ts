import type { CronJobSpec, HorizontalPodAutoscalerSpecV2, JobSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';

/** How many pods of one object there are while nothing is wrong and nothing rolls out. */
export interface PodCount {
  readonly least: number;
  /** Infinite where nothing bounds it: the nodes of a DaemonSet, the runs of a CronJob that may overlap. */
  readonly most: number;
}

/** What decides how many pods an object has, besides the object. */
export interface CountedBy {
  /** What scales it. */
  readonly autoscaler?: HorizontalPodAutoscalerSpecV2 | undefined;
  /** How many nodes admit its pods; undefined where the nodes are not known. */
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

/** As many as are known to run at once: of what nothing bounds, the least. */
export function knownMost({ least, most }: PodCount): number {
  return Number.isFinite(most) ? most : least;
}

/**
 * How many pods of a Job run at once.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism
 */
function podsOfRun({ suspend, parallelism = 1, completions = parallelism }: JobSpec = {}): number {
  return suspend === true ? 0 : Math.min(parallelism, completions);
}

function exactly(count: number): PodCount {
  return { least: count, most: count };
}
