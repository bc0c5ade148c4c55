import type { Flow } from '../../documents/flow';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { Topology } from '../../documents/topology';
import { defaultTopology } from '../../kubernetes/k3s-network';
import { type FlowReport, reachabilityJson } from './matrix';
import type { Difference } from './proof/difference';
import { type ProveOptions, prove } from './proof/prove';
import { analyse } from './reachability';

/**
 * Which connections the NetworkPolicies of some manifests let through, with what is assumed of the cluster.
 *
 * @param topology @default k3s' own ranges, and nodes whose addresses are unknown
 * @throws naming object and place, for a policy or workload that the API server would not accept
 */
export function flows(
  objects: readonly KubernetesObject[],
  topology: Topology = defaultTopology,
): FlowReport {
  return reachabilityJson(analyse(objects, topology));
}

export interface ProveFlowsOptions extends ProveOptions {
  /** @default k3s' own ranges, and nodes whose addresses are unknown */
  readonly topology?: Topology;
}

/**
 * How the connections that manifests let through differ from the declared ones; nothing if they are the same.
 *
 * @throws for what `flows` throws for, and for a declaration whose addresses are invalid
 */
export function proveFlows(
  objects: readonly KubernetesObject[],
  declared: readonly Flow[],
  { topology = defaultTopology, ...options }: ProveFlowsOptions = {},
): Difference[] {
  return prove(analyse(objects, topology), declared, options);
}
