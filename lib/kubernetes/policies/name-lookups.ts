import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../imports/kubernetes/kinds';
import { contains, overlap } from '../../documents/cidr';
import { privateRanges } from '../../documents/topology';
import type { DirectedRule } from './policy-rules';
import { allowsPort, protocolOf } from './policy-rules';

/** Protocols of DNS queries: UDP first, then TCP if the answer does not fit into a datagram. */
export const lookupProtocols = ['UDP', 'TCP'] as const;

export type LookupProtocol = (typeof lookupProtocols)[number];

/** Pod ports of DNS servers: 53, and 5353 of OpenShift. NetworkPolicies apply to pod ports. */
const lookupPorts = [53, 5353];

/** The namespace of the cluster's DNS server. */
const dnsNamespace = 'kube-system';

/**
 * The protocols over which an egress rule allows DNS queries. Which pods a namespaceSelector selects is
 * unknown: a rule with a namespaceSelector that allows port 53 counts as allowing DNS.
 *
 * @param isOwnDns whether the selected pods of the policy's own namespace are DNS servers
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function dnsProtocolsOf(
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
      lookupPorts.some((port) => allowsPort(ports, protocol, port)) ||
      ports.some((port) => isNamedForDns(port) && protocolOf(port) === protocol),
  );
}

function isLookupNumber({ port }: NetworkPolicyPort): boolean {
  return typeof port === 'number' && lookupPorts.includes(port);
}

/** Whether a port has a port name of CoreDNS, `dns` or `dns-tcp`. */
function isNamedForDns({ port }: NetworkPolicyPort): boolean {
  return typeof port === 'string' && /^dns\b/.test(port);
}

/** Whether a range may contain the address of a DNS pod, which is a private address. */
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
