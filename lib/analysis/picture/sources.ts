import type { TerraformConfiguration, TerraformResource } from '../../documents/terraform';
import { resourcesOf } from '../../documents/terraform';
import type { Manifests } from '../../kubernetes/manifests';
import type { Drill } from '../drill/drill';
import type { AllowedConnection } from '../flows/reachability';
import type { PictureClaim } from './picture';

/** A service outside of the cluster that a workload connects to. */
export interface NamedTarget {
  /** The name of the workload. */
  readonly workload: string;
  readonly name: string;
  /** Undefined while the value is unresolved. */
  readonly host: string | undefined;
  readonly port: number;
}

/** What a picture is drawn from. */
export interface PictureSources {
  readonly drill: Drill;
  readonly connections: readonly AllowedConnection[];
  readonly stacks: readonly TerraformConfiguration[];
  /** @default none: what pods reach outside of the cluster is named by its addresses */
  readonly targets?: readonly NamedTarget[];
  /** Claims about the nodes by their names, such as the rules of their own firewalls. @default none */
  readonly nodeClaims?: ReadonlyMap<string, readonly PictureClaim[]>;
  /** Whether the nodes are those of the deployment, and not assumed. */
  readonly knowsNodes: boolean;
}

export function manifestsOf({ drill }: PictureSources): Manifests {
  return drill.cluster.manifests;
}

/** The resources of all stacks of some types. */
export function resourcesIn({ stacks }: PictureSources, ...types: string[]): TerraformResource[] {
  return stacks.flatMap((stack) => types.flatMap((type) => resourcesOf(stack, type)));
}
