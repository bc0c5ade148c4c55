import type { Rule } from '../rule';
import { danglingNetworkpolicy } from './dangling-networkpolicy';
import { danglingNetworkpolicypeer } from './dangling-networkpolicypeer';
import { dnsEgress } from './dns-egress';
import { dnsOverTcp } from './dns-over-tcp';
import { instanceMetadata } from './instance-metadata';
import { networkPolicyClusterIps } from './network-policy-cluster-ips';
import { networkPolicyPeers } from './network-policy-peers';
import { networkPolicyPorts } from './network-policy-ports';
import { nonIsolatedPod } from './non-isolated-pod';

export const networkPolicyRules: readonly Rule[] = [
  networkPolicyPeers,
  nonIsolatedPod,
  danglingNetworkpolicy,
  danglingNetworkpolicypeer,
  networkPolicyPorts,
  networkPolicyClusterIps,
  dnsEgress,
  dnsOverTcp,
  instanceMetadata,
];
