import { describeObject } from '../../../kubernetes/objects/object-key';
import { rule } from '../rule';
import { lookups } from './lookups';

export const dnsOverTcp = rule({
  id: 'dns-over-tcp',
  sentence: 'Pods that are allowed to send DNS queries over UDP are also allowed to send them over TCP.',
  why: 'A resolver repeats a query over TCP if the answer does not fit into a datagram. Without TCP, names with many addresses do not resolve.',
  source: 'https://www.rfc-editor.org/rfc/rfc7766',
  severity: 'low',
  fix: 'Add { protocol: TCP, port: 53 } to the ports of the rule.',
  parts: lookups,
  faults: ({ pods, protocols, place }) => {
    if (!protocols.includes('UDP')) return undefined;
    const who = pods.map(({ object }) => describeObject(object)).join(', ');
    const found = `allows DNS queries of ${who} only over UDP`;
    return [!protocols.includes('TCP') && { path: place, found, must: 'also allow TCP port 53' }];
  },
});
