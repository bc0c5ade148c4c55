import type { Rule } from '../rule';
import { chartFailurePolicy } from './chart-failure-policy';
import { hostPorts } from './host-ports';
import { ingressBackends } from './ingress-backends';
import { ingressClass } from './ingress-class';
import { ingressEntryPoint } from './ingress-entry-point';
import { ingressHosts } from './ingress-hosts';
import { ingressMiddlewares } from './ingress-middlewares';
import { ingressPathLiterals } from './ingress-path-literals';
import { ingressPaths } from './ingress-paths';
import { ingressTls } from './ingress-tls';
import { ingressRouteMatch } from './ingressroute-match';
import { serviceExternalAddresses } from './service-external-addresses';
import { serviceFields } from './service-fields';
import { servicePorts } from './service-ports';
import { serviceSelectsPods } from './service-selects-pods';
import { serviceTargetPorts } from './service-target-ports';
import { serviceType } from './service-type';
import { traefikValues } from './traefik-values';

export const networkingRules: readonly Rule[] = [
  servicePorts,
  ingressPaths,
  ingressPathLiterals,
  hostPorts,
  serviceSelectsPods,
  serviceTargetPorts,
  serviceType,
  serviceExternalAddresses,
  ingressBackends,
  ingressTls,
  ingressRouteMatch,
  ingressHosts,
  ingressMiddlewares,
  ingressEntryPoint,
  chartFailurePolicy,
  traefikValues,
  serviceFields,
  ingressClass,
];
