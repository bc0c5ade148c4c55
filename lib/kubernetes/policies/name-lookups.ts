import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../imports/kubernetes/kinds';
import { contains, overlap } from '../../documents/cidr';
import { privateRanges } from '../../documents/topology';
import type { DirectedRule } from './policy-rules';
import { holdsPort, protocolOf } from './policy-rules';

/** Protocols of DNS: first UDP, then TCP for answers that do not fit into a datagram. */
export const lookupProtocols = ['UDP', 'TCP'] as const;

export type LookupProtocol = (typeof lookupProtocols)[number];

/** 53, and 5353, the pod port of OpenShift's DNS. Policies see pod ports. */
const lookupPorts = [53, 5353];

/** The namespace of the cluster's DNS. */
const dnsNamespace = 'kube-system';

/**
 * The protocols over which an egress rule allows DNS queries. A selector does not tell what a peer outside of its own
 * namespace is: every such rule that allows port 53 counts.
 *
 * @param isOwnDns whether the selected pods of the policy's own namespace are DNS servers
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function lookupsOf(
  { peers, ports }: DirectedRule,
  namespace: string,
  isOwnDns: (peer: NetworkPolicyPeer) => boolean,
): LookupProtocol[] {
  const isExplicit = ports.some((port) => isNamedForDns(port) || isLookupNumber(port));
  const answers = (peer: NetworkPolicyPeer): boolean => {
    if (peer.ipBlock !== undefined) return isExplicit || reachesCluster(peer.ipBlock);
    return peer.namespaceSelector !== undefined || namespace === dnsNamespace || isOwnDns(peer);
  };
  if (peers.length > 0 && !peers.some(answers)) return [];
  return lookupProtocols.filter(
    (protocol) =>
      lookupPorts.some((port) => holdsPort(ports, protocol, port)) ||
      ports.some((port) => isNamedForDns(port) && protocolOf(port) === protocol),
  );
}

function isLookupNumber({ port }: NetworkPolicyPort): boolean {
  return typeof port === 'number' && lookupPorts.includes(port);
}

/** The port names of CoreDNS are `dns` and `dns-tcp`. */
function isNamedForDns({ port }: NetworkPolicyPort): boolean {
  return typeof port === 'string' && /^dns\b/.test(port);
}

/** Whether a range may contain pods of the cluster's DNS. They have private addresses. */
function reachesCluster({
  cidr = '',
  except = [],
}: {
  readonly cidr?: string;
  readonly except?: readonly string[];
}) {
  return privateRanges
    .filter((range) => overlap(range, cidr))
    .map((range) => (contains(range, cidr) ? cidr : range))
    .some((part) => !except.some((each) => contains(each, part)));
}
