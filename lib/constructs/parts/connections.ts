import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { selectorLabels } from '../labels';

/** One end of a connection: the pods of a workload, or addresses that are not those of pods. */
export interface Party {
  /** The name of the party in messages. */
  readonly name: string;
  /** The peers that select the party in NetworkPolicies. */
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

/** The party that consists of the pods of the workload with this name. */
export function partyOf(name: string): Party {
  return { name, peers: [{ podSelector: { matchLabels: selectorLabels(name) } }] };
}
