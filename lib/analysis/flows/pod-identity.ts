import { jobNameLabels } from '../../kubernetes/workloads/pod-labels';
import type { FlowCluster, FlowWorkload } from './cluster';
import type { PodMember } from './endpoint';
import type { LabelMap } from './selector';

/** A name of a Job ends with a hash of its template, or with the version that it runs. */
const changingEnd = /-(?:[0-9a-f]{6,}|v?\d[\w.]*)$/;

/**
 * Which pods of one output are which of the other. Pods are the same where their workload is. A Job is another object
 * with every change of its template: one that only one output has is the same as one of the other with the same labels,
 * or else with the same name but for its end.
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

  /** The same text for the same pods. */
  of({ namespace, labels, workload, part }: PodMember): string {
    if (workload === undefined) return labelsKey(namespace, new Map(Object.entries(labels)));
    const object = this.ofWorkload(workload);
    return part === undefined ? object : `${object} ${part}`;
  }

  /** The same text for the same workload, by the name of its object. */
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

/** Without the labels that hold the name of a Job. */
function labelsKey(namespace: string, labels: LabelMap): string {
  const own = [...labels].filter(([key]) => !(jobNameLabels as readonly string[]).includes(key));
  return `${namespace} ${own
    .map((label) => label.join('='))
    .sort()
    .join()}`;
}
