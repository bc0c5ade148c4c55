import type { Flow } from '../../../documents/flow';
import { Endpoints } from '../endpoint';
import { Network } from '../network';
import type { Reachability } from '../reachability';
import { Comparison } from './comparison';
import { DeclaredFlows, declaredPods } from './declared';
import { type Difference, describeFindings } from './difference';
import { gained } from './gained';
import { lost } from './lost';
import { misdeclared } from './misdeclared';
import { slack } from './slack';

export interface ProveOptions {
  /**
   * Whether all pods of the described namespaces should be able to query the cluster DNS (UDP and TCP 53).
   *
   * @default true: it is a difference if a workload can't query DNS, and no difference if other pods can
   */
  readonly clusterDns?: boolean;
  /**
   * Whether the policies of each end are also compared with the declarations separately.
   *
   * @default true: a connection that one end allows without a declaration is a difference, even if the other end
   * denies it
   */
  readonly slack?: boolean;
}

/**
 * Compares the possible with the declared connections. If there are no differences, every declared connection is
 * allowed, and no other connection with a pod of a described namespace is possible.
 *
 * The policies of pods without a manifest are unknown, so only the policies of the other end count. Policies do not
 * apply between two addresses, so a declaration with addresses at both ends has no effect.
 *
 * @throws for a declaration with invalid addresses
 */
export function prove(
  { cluster, topology }: Reachability,
  declared: readonly Flow[],
  options: ProveOptions = {},
): Difference[] {
  const { clusterDns = true } = options;
  const network = new Network(cluster, topology, declaredPods(declared, clusterDns));
  const declarations = new DeclaredFlows(network, declared, clusterDns);
  const endpoints = new Endpoints(network);
  const comparison = new Comparison(network, declarations, endpoints);
  const findings = [
    ...gained(comparison),
    ...lost(comparison),
    ...(options.slack === false ? [] : slack(comparison)),
  ];
  return [
    ...misdeclared(declared, network, declarations, endpoints),
    ...describeFindings(findings, endpoints),
  ];
}
