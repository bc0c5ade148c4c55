import type { TerraformConfiguration, TerraformResource } from '../../documents/terraform';
import { resourcesOf } from '../../documents/terraform';
import type { Manifests } from '../../kubernetes/manifests';
import type { Drill } from '../drill/drill';
import type { AllowedConnection } from '../flows/reachability';
import type { PictureClaim } from './picture';

/** A service outside the cluster that a workload connects to. */
export interface NamedTarget {
  /** The name of the workload that connects to the service. */
  readonly workload: string;
  readonly name: string;
  /** Undefined while the value is unresolved. */
  readonly host: string | undefined;
  readonly port: number;
}

/** The input of a picture. */
export interface PictureSources {
  readonly drill: Drill;
  readonly connections: readonly AllowedConnection[];
  readonly stacks: readonly TerraformConfiguration[];
  /** Services outside the cluster. @default none: connections out of the cluster show only addresses */
  readonly targets?: readonly NamedTarget[];
  /** Claims about the nodes, by node name, such as the rules of their firewalls. @default none */
  readonly nodeClaims?: ReadonlyMap<string, readonly PictureClaim[]>;
  /** Whether the nodes are those of the deployment. If false, the nodes are assumed. */
  readonly knowsNodes: boolean;
}

export function manifestsOf({ drill }: PictureSources): Manifests {
  return drill.cluster.manifests;
}

/** The resources of these types, in all Terraform stacks. */
export function resourcesIn({ stacks }: PictureSources, ...types: string[]): TerraformResource[] {
  return stacks.flatMap((stack) => types.flatMap((type) => resourcesOf(stack, type)));
}
