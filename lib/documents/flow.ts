/** Pods that carry all of these labels, in one namespace. */
export interface PodPeer {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses outside of any pod: the world, a node, a node's flannel interface. */
export interface AddressPeer {
  readonly kind: 'addresses';
  readonly cidr: string;
  /** CIDRs inside `cidr` that are not meant. */
  readonly except: readonly string[];
}

export type Peer = PodPeer | AddressPeer;

/** One connection that is meant to be possible, from who opens it to who answers. */
export interface Flow {
  /** How people call it: `api -> redis:6379`. */
  readonly name: string;
  readonly from: Peer;
  readonly to: Peer;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}
