import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { selectorLabels } from '../labels';

/** Pods of one workload, or addresses outside of any pod. */
export interface Party {
  /** The name in messages. */
  readonly name: string;
  /** The peer in NetworkPolicies. */
  readonly peers: readonly k8s.NetworkPolicyPeer[];
}

/** A party that listens on a port. */
export interface Destination {
  readonly party: Party;
  readonly port: number;
}

/** One declared connection. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
}

/** A workload whose pods open connections. Its NetworkPolicies are derived from these connections. */
export interface Connectable {
  readonly party: Party;
  readonly connections: readonly Connection[];
}

/** The pods of a workload as a party. */
export function partyOf(name: string): Party {
  return { name, peers: [{ podSelector: { matchLabels: selectorLabels(name) } }] };
}
