import type { Scope } from './rule';

/**
 * A selector of a series, `name{cluster="…",job="…"}`. Without the label `cluster`, a job of the same name in
 * another cluster would hide that the job is missing here.
 */
export function select(name: string, { cluster }: Scope, job: string): string {
  return `${name}{cluster=${quote(cluster)},job=${quote(job)}}`;
}

/** PromQL has the same escape sequences in strings as JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}
