import type { Scope } from './rule';

/**
 * The selector of each series, `name{cluster="…",job="…"}`. Without the cluster, a job of the same name in
 * another cluster would hide a missing one here.
 */
export function select(name: string, { cluster }: Scope, job: string): string {
  return `${name}{cluster=${quote(cluster)},job=${quote(job)}}`;
}

/** PromQL escapes strings like JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}
