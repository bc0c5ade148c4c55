import { jobNameLabels } from '../../kubernetes/workloads/pod-labels';
import type { FlowCluster, FlowWorkload } from './cluster';
import type { PodMember } from './endpoint';
import type { LabelMap } from './selector';

/** The end of a Job name that changes with its template: a hash or a version. */
const changingEnd = /-(?:[0-9a-f]{6,}|v?\d[\w.]*)$/;

/**
 * Matches the pods of two outputs. Pods are the same if their workload is the same.
 *
 * A Job gets a new name with each change of its template. So a Job that only one output has matches a Job of the
 * other output with the same labels or, if there is none, with the same name apart from its end.
 */
export class PodIdentities {
  private readonly jobs = new Map<string, string>();

  constructor(before: FlowCluster, after: FlowCluster) {
    const [old, now] = [jobsOf(before), jobsOf(after)];
    const gone = old.filter(({ object }) => now.every((job) => job.object !== object));
    const added = now.filter(({ object }) => old.every((job) => job.object !== object));
    for (const job of added) {
      const predecessor =
        gone.find(
          (each) => labelsKey(each.namespace, each.labels) === labelsKey(job.namespace, job.labels),
        ) ?? gone.find((each) => stemOf(each) === stemOf(job));
      if (predecessor !== undefined) this.jobs.set(job.object, predecessor.object);
    }
  }

  /** The same string for equal pods. */
  of({ namespace, labels, workload, part }: PodMember): string {
    if (workload === undefined) return labelsKey(namespace, new Map(Object.entries(labels)));
    const object = this.ofWorkload(workload);
    return part === undefined ? object : `${object} ${part}`;
  }

  /** The same string for equal workloads. `object` is a name such as `Job shop/migrate-1f2e`. */
  ofWorkload(object: string): string {
    return this.jobs.get(object) ?? object;
  }
}

function jobsOf({ workloads }: FlowCluster): FlowWorkload[] {
  return workloads.filter(({ kind }) => kind === 'Job');
}

function stemOf({ namespace, name }: FlowWorkload): string {
  return `${namespace}/${name.replace(changingEnd, '')}`;
}

/** The labels without those whose values contain the name of a Job. */
function labelsKey(namespace: string, labels: LabelMap): string {
  const own = [...labels].filter(([key]) => !(jobNameLabels as readonly string[]).includes(key));
  return `${namespace} ${own
    .map((label) => label.join('='))
    .sort()
    .join()}`;
}
