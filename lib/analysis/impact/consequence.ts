/**
 * What a change can come to, worst first.
 *
 * - lost: data, an address or a Secret goes, or nothing keeps it any more; or the apply drops what the manifest says
 * - fails: the apply is refused, or what it starts can't come up
 * - replaced: Terraform destroys the resource and makes a new one
 * - restarts: pods or a server stop and start
 * - exposed: a connection, a host or a port opens, or what kept harm away is gone
 * - cut off: one closes, or what answered no longer runs
 * - left behind: it is gone from the output and goes on in the cluster
 * - in place: everything else
 */
export const consequenceClasses = [
  'lost',
  'fails',
  'replaced',
  'restarts',
  'exposed',
  'cut off',
  'left behind',
  'in place',
] as const;

export type ConsequenceClass = (typeof consequenceClasses)[number];

/** Whose tool brings it about: kubectl, terraform, the script of a node, or the metrics server. */
export type Side = 'kubernetes' | 'terraform' | 'nodes' | 'alerts';

/** One thing that a change does when it is applied. */
export interface Consequence {
  readonly class: ConsequenceClass;
  readonly side: Side;
  /** `Deployment shop/api`, `hcloud_server.hetzner1`, `api -> redis`: what an acknowledgement names. */
  readonly object: string;
  /** The very field, such as `spec.template.spec.containers[api].image`; empty where the whole is meant. */
  readonly field: string;
  /** What happens and why, in sentences. */
  readonly reason: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly wayOut: string;
}

/** Sorts consequences worst first; those of one class stay in their order. */
export function worstFirst(consequences: readonly Consequence[]): Consequence[] {
  const rank = (each: Consequence) => consequenceClasses.indexOf(each.class);
  return [...consequences].sort((a, b) => rank(a) - rank(b));
}
