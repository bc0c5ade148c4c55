import type { Scope } from './rule';

/**
 * `name{cluster="…",job="…"}`: every series of an expression is selected by this. Without the cluster, the series of
 * another one that has a job of that name would hide that ours is gone.
 */
export function select(name: string, { cluster }: Scope, job: string): string {
  return `${name}{cluster=${quote(cluster)},job=${quote(job)}}`;
}

/** PromQL's strings escape as JSON's do. */
function quote(text: string): string {
  return JSON.stringify(text);
}
