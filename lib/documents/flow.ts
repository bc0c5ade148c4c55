/** The pods of one namespace that have all of these labels. */
export interface PodPeer {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses outside of pods: the world, a node, the flannel interface of a node. */
export interface AddressPeer {
  readonly kind: 'addresses';
  readonly cidr: string;
  /** CIDRs inside `cidr` that are excluded. */
  readonly except: readonly string[];
}

export type Peer = PodPeer | AddressPeer;

/** An allowed connection from a client to a server. */
export interface Flow {
  /** Name in messages: `api -> redis:6379`. */
  readonly name: string;
  readonly from: Peer;
  readonly to: Peer;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}
