import type { Rule } from '../rule';
import { chartFailurePolicy } from './chart-failure-policy';
import { dnsOverTcp } from './dns-over-tcp';
import { dnsReachable } from './dns-reachable';
import { hostPorts } from './host-ports';
import { ingressBackends } from './ingress-backends';
import { ingressEntryPoint } from './ingress-entry-point';
import { ingressHosts } from './ingress-hosts';
import { ingressMiddlewares } from './ingress-middlewares';
import { ingressPathLiterals } from './ingress-path-literals';
import { ingressPaths } from './ingress-paths';
import { ingressTls } from './ingress-tls';
import { ingressRouteMatch } from './ingressroute-match';
import { instanceMetadata } from './instance-metadata';
import { networkPolicyPeers } from './network-policy-peers';
import { networkPolicyPeersExist } from './network-policy-peers-exist';
import { networkPolicyPorts } from './network-policy-ports';
import { networkPolicySelects } from './network-policy-selects';
import { networkPolicyServiceAddresses } from './network-policy-service-addresses';
import { podIsolation } from './pod-isolation';
import { serviceExternalAddresses } from './service-external-addresses';
import { servicePorts } from './service-ports';
import { serviceSelectsPods } from './service-selects-pods';
import { serviceTargetPorts } from './service-target-ports';
import { serviceType } from './service-type';

import { traefikValues } from './traefik-values';

export const networkingRules: readonly Rule[] = [
  servicePorts,
  ingressPaths,
  ingressPathLiterals,
  networkPolicyPeers,
  hostPorts,
  podIsolation,
  networkPolicySelects,
  networkPolicyPeersExist,
  networkPolicyPorts,
  networkPolicyServiceAddresses,
  dnsReachable,
  dnsOverTcp,
  serviceSelectsPods,
  serviceTargetPorts,
  serviceType,
  serviceExternalAddresses,
  ingressBackends,
  ingressTls,
  ingressRouteMatch,
  ingressHosts,
  ingressMiddlewares,
  instanceMetadata,
  ingressEntryPoint,
  chartFailurePolicy,
  traefikValues,
];
