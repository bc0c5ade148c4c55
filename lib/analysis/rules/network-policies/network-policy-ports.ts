import type { NetworkPolicyPort, NetworkPolicySpec } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { type DirectedRule, policyRules, protocolOf } from '../../../kubernetes/policies/policy-rules';
import { servicePortOf } from '../../../kubernetes/policies/service-port';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

export const networkPolicyPorts = rule({
  id: 'network-policy-ports',
  sentence: 'A NetworkPolicy uses the ports of pods, not the ports of Services.',
  why: 'kube-proxy translates the address and port of a Service to those of a pod before a policy applies. A rule with the port of the Service therefore allows nothing. A port name that no pod has allows every port on k3s, and no port in other clusters.',
  source:
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource, https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go',
  severity: 'high',
  fix: 'Use the container port, or its name.',
  rare: true,
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec = {} }, manifests, { object }) =>
    policyRules(spec).flatMap((each) => {
      const pods = serversOf(each, spec, namespaceOf(object), manifests);
      if (pods === undefined || pods.length === 0) return [];
      return each.ports.map((port, index) =>
        faultOf(port, `${each.path}.ports[${index}].port`, each, pods, manifests),
      );
    }),
});

/**
 * The pods that accept the connections of a rule. Undefined if pods or addresses outside the manifests may also
 * accept them.
 */
function serversOf(
  { direction, peers }: DirectedRule,
  { podSelector = {} }: NetworkPolicySpec,
  namespace: string,
  manifests: Manifests,
): readonly Pod[] | undefined {
  if (direction === 'Ingress') return manifests.pods.matching(namespace, podSelector);
  const isOwn =
    peers.length > 0 &&
    peers.every((peer) => peer.ipBlock === undefined && peer.namespaceSelector === undefined);
  if (!isOwn) return undefined;
  return [...new Set(peers.flatMap((peer) => manifests.pods.matching(namespace, peer.podSelector ?? {})))];
}

function faultOf(
  stated: NetworkPolicyPort,
  path: string,
  { ports }: DirectedRule,
  pods: readonly Pod[],
  manifests: Manifests,
): Fault | undefined {
  const { port } = stated;
  const protocol = protocolOf(stated);
  const own = pods.flatMap(portsOf).filter((each) => each.protocol === protocol);
  if (typeof port === 'string') {
    if (own.some(({ name }) => name === port)) return undefined;
    const isAlone = ports.every((each) => typeof each.port === 'string');
    const found = `is ${JSON.stringify(port)} (${protocol}), but no container port has this name: the rule allows ${isAlone ? 'every port on k3s, and no port in other clusters' : 'no port'}`;
    return { path, found, must: `be a port of ${describePods(pods)}${describePorts(own)}` };
  }
  if (port === undefined || stated.endPort !== undefined || own.some((each) => each.port === port))
    return undefined;
  const service = servicePortOf(pods, port, protocol, manifests);
  if (service === undefined) return undefined;
  const found = `is ${port} (${protocol}), the port of ${describeObject(service.object)}, not of its pods`;
  return { path, found, must: `be ${service.podPort}, the port of the pods` };
}

interface NamedContainerPort {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly protocol: string;
}

function portsOf({ spec }: Pod): NamedContainerPort[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].flatMap(({ ports = [] }) =>
    ports.map(({ name, containerPort, protocol = 'TCP' }) => ({ name, port: containerPort, protocol })),
  );
}

function describePods(pods: readonly Pod[]): string {
  return pods.map(({ object }) => describeObject(object)).join(', ');
}

function describePorts(ports: readonly NamedContainerPort[]): string {
  const texts = ports.map(({ name, port }) => name ?? String(port));
  return texts.length === 0 ? ', whose containers list no ports' : `: ${[...new Set(texts)].join(', ')}`;
}
