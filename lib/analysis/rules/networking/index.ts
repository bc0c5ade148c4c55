import type { Rule } from '../rule';
import { chartFailurePolicy } from './chart-failure-policy';
import { danglingIngress } from './dangling-ingress';
import { danglingService } from './dangling-service';
import { hostPorts } from './host-ports';
import { ingressClass } from './ingress-class';
import { ingressEntryPoint } from './ingress-entry-point';
import { ingressHosts } from './ingress-hosts';
import { ingressPathPatterns } from './ingress-path-patterns';
import { ingressPaths } from './ingress-paths';
import { ingressTls } from './ingress-tls';
import { ingressRouteMatch } from './ingressroute-match';
import { middlewareReferences } from './middleware-references';
import { serviceExternalIps } from './service-external-ips';
import { serviceFields } from './service-fields';
import { servicePorts } from './service-ports';
import { serviceTargetPorts } from './service-target-ports';
import { serviceType } from './service-type';
import { traefikValues } from './traefik-values';

export const networkingRules: readonly Rule[] = [
  servicePorts,
  ingressPaths,
  ingressPathPatterns,
  hostPorts,
  danglingService,
  serviceTargetPorts,
  serviceType,
  serviceExternalIps,
  danglingIngress,
  ingressTls,
  ingressRouteMatch,
  ingressHosts,
  middlewareReferences,
  ingressEntryPoint,
  chartFailurePolicy,
  traefikValues,
  serviceFields,
  ingressClass,
];
