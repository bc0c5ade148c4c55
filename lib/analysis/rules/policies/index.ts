import type { Rule } from '../rule';
import { instanceMetadata } from './instance-metadata';
import { networkPolicyPeers } from './network-policy-peers';
import { networkPolicyPeersExist } from './network-policy-peers-exist';
import { networkPolicySelects } from './network-policy-selects';
import { podIsolation } from './pod-isolation';
import { serviceAddresses } from './service-addresses';

export const policiesRules: readonly Rule[] = [
  networkPolicyPeers,
  podIsolation,
  networkPolicySelects,
  networkPolicyPeersExist,
  serviceAddresses,
  instanceMetadata,
];
