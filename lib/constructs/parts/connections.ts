import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { selectorLabels } from '../labels';

/** Pods of one workload, or addresses outside of any pod. */
export interface Party {
  /** How people call it. */
  readonly name: string;
  /** What a NetworkPolicy lets through for it. */
  readonly peers: readonly k8s.NetworkPolicyPeer[];
}

/** Something that answers on a port. */
export interface Destination {
  readonly party: Party;
  readonly port: number;
}

/** One connection that is meant to be possible. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
}

/** A workload whose pods open connections. Its NetworkPolicies follow from what it connects to. */
export interface Connectable {
  readonly party: Party;
  readonly connections: readonly Connection[];
}

/** The pods of a workload as a party. */
export function partyOf(name: string): Party {
  return { name, peers: [{ podSelector: { matchLabels: selectorLabels(name) } }] };
}
