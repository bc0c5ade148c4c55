import { privateRanges } from '../documents/topology';
import { namespaceNameLabel } from '../kubernetes/policies/namespaces';
import type { Connectable, Connection, Destination, Party } from './parts/connections';

/**
 * A service outside the cluster. A NetworkPolicy can't select a host name, so a connection to the service
 * allows its port on every public address, and on no private address.
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
 * Pods of another namespace, such as those of an ingress controller. The construct does not create
 * NetworkPolicies in that namespace: if that namespace denies connections by default, allow this connection
 * there, too.
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

  /** These pods and a port, as the destination of a connection. */
  at(port: number): Destination {
    return { party: this.party, port };
  }
}

/**
 * An ingress controller on the host network of the nodes. Its packets to pods of other nodes come from the
 * address of its own node's flannel interface, which no pod selector matches. Packets to pods of its own node
 * are always allowed.
 */
export class HostNetworkIngress {
  readonly party: Party;
  readonly connections: Connection[] = [];

  /** @param addresses the flannel addresses of the nodes, without a prefix length */
  constructor(name: string, addresses: readonly string[]) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
  }

  /** Allows connections from the ingress controller to a workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

/**
 * A program that listens on the host network of the nodes. It has the nodes' addresses, so no pod selector
 * matches it.
 */
export class HostNetworkService implements Destination {
  readonly party: Party;
  readonly port: number;

  /**
   * @param addresses the addresses that the nodes use for connections to each other, without a prefix length
   */
  constructor(name: string, addresses: readonly string[], port: number) {
    this.party = { name, peers: addresses.map((address) => ({ ipBlock: { cidr: `${address}/32` } })) };
    this.port = port;
  }
}
