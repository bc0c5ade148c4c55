import { describeObject } from '../../../kubernetes/objects/object-key';
import { rule } from '../rule';
import { lookups } from './lookups';

export const dnsOverTcp = rule({
  id: 'dns-over-tcp',
  sentence: 'Pods that may look names up over UDP may do so over TCP.',
  why: 'An answer that does not fit into a datagram is asked for again over TCP: names with many addresses then fail.',
  source: 'https://www.rfc-editor.org/rfc/rfc7766',
  severity: 'low',
  fix: 'Add { protocol: TCP, port: 53 } to the ports of the rule.',
  parts: lookups,
  faults: ({ pods, protocols, place }) => {
    if (!protocols.includes('UDP')) return undefined;
    const who = pods.map(({ object }) => describeObject(object)).join(', ');
    const found = `lets DNS queries of ${who} through over UDP alone`;
    return [!protocols.includes('TCP') && { path: place, found, must: 'allow TCP port 53, too' }];
  },
});
