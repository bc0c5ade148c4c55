import type { TerraformResource } from '../../../documents/terraform';
import type { TraceNode } from '../subject';

/** Where a request arrives, and through what. */
export interface Arrival {
  /** Undefined if no document describes the records. */
  readonly isProxied: boolean | undefined;
  readonly nodes: readonly TraceNode[];
  readonly isIpv6: boolean;
  readonly records: readonly TerraformResource[];
}
