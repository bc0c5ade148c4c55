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
   * Whether the pods of all described namespaces are meant to ask the cluster's DNS, UDP and TCP 53.
   *
   * @default true: a workload that can't is a difference, and that others can is none
   */
  readonly clusterDns?: boolean;
  /**
   * Whether the policies of each end are held against the declarations by themselves.
   *
   * @default true: what one end lets through needlessly is a difference even while the other end denies it
   */
  readonly slack?: boolean;
}

/**
 * Holds what is possible against what is declared. No difference means: every declared connection is let through, and
 * no other that has a pod of a described namespace at one end.
 *
 * Of pods that no document describes only the other end counts: what isolates them isn't known. Connections between
 * two addresses are no policy's business, and a declaration of one says nothing.
 *
 * @throws for a declaration whose addresses are none
 */
export function prove(
  { cluster, topology }: Reachability,
  declared: readonly Flow[],
  options: ProveOptions = {},
): Difference[] {
  const { clusterDns = true } = options;
  const network = new Network(cluster, topology, declaredPods(declared, clusterDns));
  const meant = new DeclaredFlows(network, declared, clusterDns);
  const endpoints = new Endpoints(network);
  const comparison = new Comparison(network, meant, endpoints);
  const findings = [
    ...gained(comparison),
    ...lost(comparison),
    ...(options.slack === false ? [] : slack(comparison)),
  ];
  return [...misdeclared(declared, network, meant, endpoints), ...describeFindings(findings, endpoints)];
}
