import type { TerraformResource } from '../../../documents/terraform';
import type { TraceNode } from '../subject';

/** The nodes where a request arrives, and how. */
export interface Arrival {
  /** Whether the request passes the Cloudflare proxy. Undefined if the input has no DNS records. */
  readonly isProxied: boolean | undefined;
  readonly nodes: readonly TraceNode[];
  readonly isIpv6: boolean;
  readonly records: readonly TerraformResource[];
}
