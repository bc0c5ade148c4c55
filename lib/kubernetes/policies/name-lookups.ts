import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../imports/kubernetes/kinds';
import { contains, overlap } from '../../documents/cidr';
import { privateRanges } from '../../documents/topology';
import type { DirectedRule } from './policy-rules';
import { holdsPort, protocolOf } from './policy-rules';

/** The protocols that DNS is asked by: UDP first, TCP where an answer does not fit. */
export const lookupProtocols = ['UDP', 'TCP'] as const;

export type LookupProtocol = (typeof lookupProtocols)[number];

/** 53, and 5353, at which the pods of OpenShift's DNS listen: a policy sees the pod's port. */
const lookupPorts = [53, 5353];

/** The namespace in which a cluster's DNS runs. */
const dnsNamespace = 'kube-system';

/**
 * The protocols by which pods may look names up under an egress rule. What a peer outside of its own namespace is can't be
 * read from its selector: a rule that lets port 53 through to one counts.
 *
 * @param isOwnDns whether pods of the policy's own namespace that a selector matches answer look-ups
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

/** CoreDNS calls its ports `dns` and `dns-tcp`. */
function isNamedForDns({ port }: NetworkPolicyPort): boolean {
  return typeof port === 'string' && /^dns\b/.test(port);
}

/** Whether a range may hold the pods of the cluster's DNS, whose addresses are private. */
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
