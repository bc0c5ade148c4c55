import type { JobSpec, PodTemplateSpec } from '../../../imports/kubernetes/kinds';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { specAs } from '../kinds';
import { isSameStored, type ObjectUpdate, type RefusedChange } from './refused-change';

/**
 * Fields of a Job that are mutable only under conditions: completions of an indexed Job, and the scheduling
 * fields of a suspended Job.
 */
export function refusedByJob({ before, after }: ObjectUpdate): RefusedChange[] {
  return [
    ...refusedCompletions(specAs('Job', before), specAs('Job', after)),
    ...refusedTemplate(before, after),
  ];
}

function refusedCompletions(before: JobSpec, after: JobSpec): RefusedChange[] {
  const path = 'spec.completions';
  const [old, now] = [storedCompletions(before), completionsAfter(before, after)];
  if (old === now) return [];
  if (after.completionMode !== 'Indexed') return [{ path }];
  const parallelism = after.parallelism ?? 1;
  return now === parallelism
    ? []
    : [
        {
          path,
          limit:
            'equal spec.parallelism, because an indexed Job can change completions only together with parallelism',
        },
      ];
}

/**
 * If a Job sets no completions and no parallelism, it runs one pod once. If it sets only parallelism, the
 * first pod that succeeds completes the Job.
 */
function storedCompletions({ completions: stated, parallelism }: JobSpec): number | undefined {
  return stated ?? (parallelism === undefined ? 1 : undefined);
}

/**
 * An apply removes a field that the previous manifest set. A field that no manifest ever set keeps its stored
 * value.
 */
function completionsAfter(before: JobSpec, after: JobSpec): number | undefined {
  if (after.completions !== undefined) return after.completions;
  if (before.completions === undefined) return storedCompletions(before);
  const losesBoth = before.parallelism !== undefined && after.parallelism === undefined;
  return losesBoth ? 1 : undefined;
}

function refusedTemplate(before: KubernetesObject, after: KubernetesObject): RefusedChange[] {
  const path = 'spec.template';
  const isSuspended = specAs('Job', before).suspend === true;
  const [old, now] = [before, after].map((object) => {
    const { template: stated = {} } = specAs('Job', object);
    return (isSuspended ? withoutScheduling(stated) : stated) as Json;
  });
  return isSameStored(after, path, old, now) ? [] : [{ path }];
}

/** The pod template without the fields that are mutable while the Job is suspended and has never started. */
function withoutScheduling({ metadata, spec = {}, ...rest }: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates, affinity, ...pod } = spec;
  const { nodeAffinity, ...others } = affinity ?? {};
  const { labels, annotations, ...meta } = metadata ?? {};
  return {
    ...rest,
    ...(Object.keys(meta).length > 0 && { metadata: meta }),
    spec: { ...pod, ...(Object.keys(others).length > 0 && { affinity: others }) },
  };
}
