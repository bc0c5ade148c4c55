import { describeObject } from '../../../kubernetes/objects/object-key';
import { rule } from '../rule';
import { lookups } from './lookups';

export const dnsEgress = rule({
  id: 'dns-egress',
  sentence: 'Pods with egress policies are allowed to send DNS queries over UDP.',
  why: 'Without DNS over UDP almost every connection by name fails. In a policy, a port without a protocol means TCP.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  severity: 'high',
  fix: 'Allow egress to kube-dns: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } } on ports [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }].',
  parts: lookups,
  faults: ({ pods, protocols, place }) => {
    if (protocols.includes('UDP')) return [];
    const who = pods.map(({ object }) => describeObject(object)).join(', ');
    const found = protocols.includes('TCP')
      ? `allows DNS queries of ${who} only over TCP`
      : `allows connections of ${who}, but no DNS queries`;
    return [{ path: place, found, must: 'allow UDP port 53 of the DNS service' }];
  },
});
