import type { Rule } from '../rule';
import { dnsOverTcp } from './dns-over-tcp';
import { dnsReachable } from './dns-reachable';
import { instanceMetadata } from './instance-metadata';
import { networkPolicyPeers } from './network-policy-peers';
import { networkPolicyPeersExist } from './network-policy-peers-exist';
import { networkPolicyPorts } from './network-policy-ports';
import { networkPolicySelects } from './network-policy-selects';
import { networkPolicyServiceAddresses } from './network-policy-service-addresses';
import { podIsolation } from './pod-isolation';

export const networkPolicyRules: readonly Rule[] = [
  networkPolicyPeers,
  podIsolation,
  networkPolicySelects,
  networkPolicyPeersExist,
  networkPolicyPorts,
  networkPolicyServiceAddresses,
  dnsReachable,
  dnsOverTcp,
  instanceMetadata,
];
