import { privateRanges } from '../documents/topology';
import { namespaceNameLabel } from '../kubernetes/policies/namespaces';
import type { Connectable, Connection, Destination, Party } from './parts/connections';

/**
 * A service outside of the cluster. A NetworkPolicy can't name a host, so a connection to it allows its port
 * on every public address, and on no private address.
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
  /** The labels of the pods. @default every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Pods of another namespace, such as those of an ingress controller. The construct does not write
 * NetworkPolicies of that namespace: if it denies connections by default, it needs a rule for this
 * connection, too.
 */
export class ForeignPods implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];

  constructor(name: string, { namespace, labels }: ForeignPodsProps) {
    const namespaceSelector = { matchLabels: { [namespaceNameLabel]: namespace } };
    const podSelector = labels === undefined ? {} : { matchLabels: { ...labels } };
    this.party = { name, peers: [{ namespaceSelector, podSelector }] };
  }

  /** Allows connections from the pods to a workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }

  /** The target of connections from workloads of this namespace. */
  at(port: number): Destination {
    return { party: this.party, port };
  }
}

/**
 * An ingress controller on the nodes' own network. Its packets to pods of other nodes come from the address
 * of its own node's flannel interface, which no selector matches. Packets to pods of its own node are always
 * allowed.
 */
export class HostNetworkIngress {
  readonly party: Party;
  readonly connections: Connection[] = [];

  /** @param addresses the flannel addresses of the nodes, without mask */
  constructor(name: string, addresses: readonly string[]) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
  }

  /** Allows its connections to a workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

/** A program on the nodes' own network. It has the nodes' addresses, and no selector matches it. */
export class HostNetworkService implements Destination {
  readonly party: Party;
  readonly port: number;

  /** @param addresses the addresses with which the nodes connect to each other, without mask */
  constructor(name: string, addresses: readonly string[], port: number) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
    this.port = port;
  }
}
