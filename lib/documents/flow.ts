/** The pods in one namespace that have all of these labels. */
export interface PodPeer {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses that do not belong to pods: the internet, a node, or the flannel interface of a node. */
export interface AddressPeer {
  readonly kind: 'addresses';
  readonly cidr: string;
  /** CIDRs inside `cidr` that do not belong to the peer. */
  readonly except: readonly string[];
}

export type Peer = PodPeer | AddressPeer;

/** A connection that a client may open to a server. */
export interface Flow {
  /** The name of the connection in messages: `api -> redis:6379`. */
  readonly name: string;
  readonly from: Peer;
  readonly to: Peer;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}
