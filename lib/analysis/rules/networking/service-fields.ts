import type { ServiceSpec } from '../../../../imports/kubernetes/kinds';
import { isDnsSubdomain } from '../../../kubernetes/names';
import { repeated } from '../../../kubernetes/repeated';
import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

/** The default node port range of the API server. */
const nodePorts = { first: 30_000, last: 32_767 };
const longestAffinity = 86_400;

export const serviceFields = rule({
  id: 'service-fields',
  sentence: 'A Service sets only fields that its type allows, with valid values.',
  why: 'The API server refuses the Service.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove the field, or set a type that allows the field.',
  parts: objectsOf('Service'),
  faults: ({ spec = {} }) => [
    ...typeFaults(spec),
    ...nodePortFaults(spec),
    ...affinityFaults(spec),
    spec.ipFamilyPolicy === 'RequireDualStack' && {
      path: 'spec.ipFamilyPolicy',
      must: 'be SingleStack or PreferDualStack: k3s has one IP family by default',
    },
  ],
});

/** Faults of fields that a Service of this type must not set. */
function typeFaults(spec: ServiceSpec): (Fault | false)[] {
  const { type = 'ClusterIP', clusterIP, externalName = '', externalIPs = [], ipFamilies = [] } = spec;
  const isBalanced = type === 'LoadBalancer';
  const isExternal = isBalanced || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0);
  const ofBalancer = ['loadBalancerClass', 'allocateLoadBalancerNodePorts'] as const;
  return [
    !isExternal &&
      spec.externalTrafficPolicy !== undefined && {
        path: 'spec.externalTrafficPolicy',
        must: `be absent: a Service of type ${type} has no external address`,
      },
    ...ofBalancer.map(
      (field) =>
        !isBalanced &&
        spec[field] !== undefined && { path: `spec.${field}`, must: `be absent, because type is ${type}` },
    ),
    !isBalanced &&
      (spec.loadBalancerSourceRanges ?? []).length > 0 && {
        path: 'spec.loadBalancerSourceRanges',
        must: `be absent, because type is ${type}`,
      },
    (spec.healthCheckNodePort ?? 0) !== 0 &&
      !(isBalanced && spec.externalTrafficPolicy === 'Local') && {
        path: 'spec.healthCheckNodePort',
        must: 'be absent, unless type is LoadBalancer and externalTrafficPolicy is Local',
      },
    (isBalanced || type === 'NodePort') &&
      clusterIP === 'None' && { path: 'spec.clusterIP', must: `not be None, because type is ${type}` },
    ...(type === 'ExternalName'
      ? [
          !isDnsSubdomain(externalName.replace(/\.$/, '')) && {
            path: 'spec.externalName',
            must: 'be a DNS name in lower case, such as db.example.com, without scheme and port',
          },
          (clusterIP ?? '') !== '' && {
            path: 'spec.clusterIP',
            must: 'be absent, because type is ExternalName',
          },
          ipFamilies.length > 0 && {
            path: 'spec.ipFamilies',
            must: 'be absent, because type is ExternalName',
          },
        ]
      : []),
  ];
}

function nodePortFaults({ type = 'ClusterIP', ports = [] }: ServiceSpec): (Fault | false)[] {
  const stated = ports.flatMap(({ nodePort = 0, protocol = 'TCP' }, index) =>
    nodePort === 0 ? [] : [{ nodePort, protocol, path: `spec.ports[${index}].nodePort` }],
  );
  const { first, last } = nodePorts;
  return [
    ...stated.map(({ nodePort, path }) => {
      if (type === 'ClusterIP') return { path, must: 'be absent, because type is ClusterIP' };
      return (nodePort < first || nodePort > last) && { path, must: `be from ${first} to ${last}` };
    }),
    ...repeated(stated.map(({ nodePort, protocol, path }) => ({ key: `${nodePort}/${protocol}`, path }))).map(
      (each) => ({ path: each.path, must: `differ from ${each.first}` }),
    ),
  ];
}

function affinityFaults({ sessionAffinity = 'None', sessionAffinityConfig }: ServiceSpec): (Fault | false)[] {
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  return [
    sessionAffinity === 'None' &&
      sessionAffinityConfig !== undefined && {
        path: 'spec.sessionAffinityConfig',
        must: 'be absent, unless sessionAffinity is ClientIP',
      },
    seconds !== undefined &&
      (seconds < 1 || seconds > longestAffinity) && {
        path: 'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        must: `be from 1 to ${longestAffinity}`,
      },
  ];
}
