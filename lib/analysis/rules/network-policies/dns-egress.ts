import { describeObject } from '../../../kubernetes/objects/object-key';
import { rule } from '../rule';
import { lookups } from './lookups';

export const dnsEgress = rule({
  id: 'dns-egress',
  sentence: 'Pods whose NetworkPolicies let them connect somewhere may look names up over UDP.',
  why: 'Without it nearly every connection by name fails: a resolver asks over UDP first, and a port of a policy without protocol is TCP.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  severity: 'high',
  fix: 'Let egress through to kube-dns: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } } on ports [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }].',
  parts: lookups,
  faults: ({ pods, protocols, place }) => {
    if (protocols.includes('UDP')) return [];
    const who = pods.map(({ object }) => describeObject(object)).join(', ');
    const found = protocols.includes('TCP')
      ? `lets DNS queries of ${who} through over TCP alone`
      : `lets ${who} connect, and no DNS query through`;
    return [{ path: place, found, must: 'allow UDP port 53 of the DNS' }];
  },
});
