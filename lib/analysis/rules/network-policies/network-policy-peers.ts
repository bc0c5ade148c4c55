import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../../imports/kubernetes/kinds';
import { contains, prefixLength } from '../../../documents/cidr';
import { objectsOf } from '../parts';
import { isPort } from '../pods/container-ports';
import { type Fault, rule } from '../rule';

export const networkPolicyPeers = rule({
  id: 'network-policy-peers',
  sentence: 'Every peer of a NetworkPolicy is either an ipBlock or a selector, with valid ranges and ports.',
  why: 'The API server refuses the policy.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Correct the value. To allow both an ipBlock and a selector, write two peers.',
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec: { ingress = [], egress = [] } = {} }) => [
    ...ingress.flatMap(({ from = [], ports = [] }, index) => [
      ...from.flatMap((peer, each) => peerFaults(peer, `spec.ingress[${index}].from[${each}]`)),
      ...ports.flatMap((port, each) => portFaults(port, `spec.ingress[${index}].ports[${each}]`)),
    ]),
    ...egress.flatMap(({ to = [], ports = [] }, index) => [
      ...to.flatMap((peer, each) => peerFaults(peer, `spec.egress[${index}].to[${each}]`)),
      ...ports.flatMap((port, each) => portFaults(port, `spec.egress[${index}].ports[${each}]`)),
    ]),
  ],
});

function peerFaults({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer, path: string): Fault[] {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined) {
    return selects ? [] : [{ path, must: 'have an ipBlock, a podSelector or a namespaceSelector' }];
  }
  const { cidr = '', except = [] } = ipBlock;
  if (selects) return [{ path, found: 'has an ipBlock and a selector', must: 'have only one of the two' }];
  if (prefixLength(cidr) === undefined) {
    return [{ path: `${path}.ipBlock.cidr`, must: 'be a CIDR such as 10.42.0.0/16' }];
  }
  return except.flatMap((each, index) =>
    isInside(each, cidr)
      ? []
      : [{ path: `${path}.ipBlock.except[${index}]`, must: `be a smaller CIDR inside ${cidr}` }],
  );
}

function portFaults({ port, endPort }: NetworkPolicyPort, path: string): Fault[] {
  const wrong = typeof port === 'number' && !isPort(port);
  if (wrong) return [{ path: `${path}.port`, must: 'be from 1 to 65535' }];
  if (endPort === undefined) return [];
  if (typeof port !== 'number')
    return [{ path: `${path}.endPort`, must: 'be absent, unless port is a number' }];
  return endPort < port || !isPort(endPort)
    ? [{ path: `${path}.endPort`, must: `be from ${port} (the value of port) to 65535` }]
    : [];
}

/** Whether one CIDR is inside another, and smaller. */
function isInside(inner: string, outer: string): boolean {
  return contains(outer, inner) && (prefixLength(inner) ?? 0) > (prefixLength(outer) ?? 0);
}
