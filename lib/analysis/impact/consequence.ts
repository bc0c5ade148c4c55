/**
 * Classes of consequences, worst first.
 *
 * - lost: data, an address or a Secret is deleted or no longer kept; or the apply drops a part of the manifest
 * - fails: the apply is refused, or the pods that it starts never run
 * - replaced: Terraform destroys the resource and creates a new one
 * - restarts: pods or a server stop and start
 * - exposed: a connection, a host or a port opens, or a protection is removed
 * - cut off: a connection, a host or a port closes, or a workload no longer runs
 * - left behind: an object is removed from the output and remains in the cluster
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

/** The tool that causes a consequence: kubectl, terraform, the script of a node, or the metrics server. */
export type Side = 'kubernetes' | 'terraform' | 'nodes' | 'alerts';

/** One effect of a change when it is applied. */
export interface Consequence {
  readonly class: ConsequenceClass;
  readonly side: Side;
  /** The name that acknowledgements use, such as `Deployment shop/api`, `hcloud_server.hetzner1` or `api -> redis`. */
  readonly object: string;
  /** Path of the changed field, such as `spec.template.spec.containers[api].image`. Empty for the whole object. */
  readonly field: string;
  /** One or more sentences: what happens and why. */
  readonly reason: string;
  /** What to do. Empty if no action is needed. */
  readonly wayOut: string;
}

/** Sorts consequences worst first. The order within a class is kept. */
export function worstFirst(consequences: readonly Consequence[]): Consequence[] {
  const rank = (each: Consequence) => consequenceClasses.indexOf(each.class);
  return [...consequences].sort((a, b) => rank(a) - rank(b));
}
