import type { Node } from '../../../../kubernetes/scheduling/node';

/** The nodes before and after a change; undefined if they are not known. */
export interface KnownNodes {
  readonly before: readonly Node[] | undefined;
  readonly after: readonly Node[] | undefined;
}
