import type { Flow } from '../../documents/flow';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { Topology } from '../../documents/topology';
import { defaultTopology } from '../../kubernetes/k3s-network';
import { type FlowReport, reachabilityJson } from './matrix';
import type { Difference } from './proof/difference';
import { type ProveOptions, prove } from './proof/prove';
import { analyse } from './reachability';

/**
 * The connections that the NetworkPolicies of manifests allow, and the assumptions about the cluster.
 *
 * @param topology @default the ranges of k3s, and nodes with unknown addresses
 * @throws naming the object and the path, for a policy or workload that the API server would refuse
 */
export function flows(
  objects: readonly KubernetesObject[],
  topology: Topology = defaultTopology,
): FlowReport {
  return reachabilityJson(analyse(objects, topology));
}

export interface ProveFlowsOptions extends ProveOptions {
  /** @default the ranges of k3s, and nodes with unknown addresses */
  readonly topology?: Topology;
}

/**
 * The differences between allowed and declared connections. The list is empty if every declared connection is
 * allowed, and no other.
 *
 * @throws if `flows` throws, and for a declaration with invalid addresses
 */
export function proveFlows(
  objects: readonly KubernetesObject[],
  declared: readonly Flow[],
  { topology = defaultTopology, ...options }: ProveFlowsOptions = {},
): Difference[] {
  return prove(analyse(objects, topology), declared, options);
}
