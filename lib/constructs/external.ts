import { privateRanges } from '../documents/topology';
import { namespaceNameLabel } from '../kubernetes/policies/namespaces';
import type { Connectable, Connection, Destination, Party } from './parts/connections';

/**
 * A service outside of the cluster. A NetworkPolicy can't name a host, so connecting to one opens its port to every
 * public address, and to no private one.
 */
export class External implements Destination {
  readonly party: Party;
  readonly port: number;

  constructor(name: string, port: number) {
    this.party = { name, peers: [{ ipBlock: { cidr: '0.0.0.0/0', except: [...privateRanges] } }] };
    this.port = port;
  }
}

export interface ForeignPodsProps {
  /** The namespace of the pods. */
  readonly namespace: string;
  /** The labels that select them. @default every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Pods of another namespace, such as those of an ingress controller. Their own namespace's NetworkPolicies are not written
 * here: one that denies by default needs a rule for the connection, too.
 */
export class ForeignPods implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];

  constructor(name: string, { namespace, labels }: ForeignPodsProps) {
    const namespaceSelector = { matchLabels: { [namespaceNameLabel]: namespace } };
    const podSelector = labels === undefined ? {} : { matchLabels: { ...labels } };
    this.party = { name, peers: [{ namespaceSelector, podSelector }] };
  }

  /** Lets the pods reach a workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }

  /** What workloads of this namespace connect to. */
  at(port: number): Destination {
    return { party: this.party, port };
  }
}

/**
 * An ingress controller on the nodes' own network. Its packets reach pods of other nodes from the address of their
 * node's flannel interface, which no selector matches; to pods of its own node they are always let through.
 */
export class HostNetworkIngress {
  readonly party: Party;
  readonly connections: Connection[] = [];

  /** @param addresses the flannel addresses of the nodes, without mask */
  constructor(name: string, addresses: readonly string[]) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
  }

  /** Lets it reach a workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

/** A program on the nodes' own network. It has the nodes' addresses, and no selector matches it. */
export class HostNetworkService implements Destination {
  readonly party: Party;
  readonly port: number;

  /** @param addresses those by which the nodes know each other, without mask */
  constructor(name: string, addresses: readonly string[], port: number) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
    this.port = port;
  }
}
