import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Json } from '../../../lib/documents/kubernetes';
import { policy, topology } from './documents';
import { cidr } from './policies';

describe('what the API server would refuse', () => {
  const broken: [string, Json, string][] = [
    ['an ingress that is no list', { ingress: {} }, 'spec.ingress is {}, not a list'],
    ['a rule that is none', { ingress: ['x'] }, 'spec.ingress[0] is "x", not an object'],
    [
      'a CIDR',
      { ingress: [{ from: [cidr('10.0.0/8')] }] },
      'spec.ingress[0].from[0].ipBlock.cidr is "10.0.0/8", not a CIDR such as 10.0.0.0/8',
    ],
    [
      'an address without mask',
      { ingress: [{ from: [cidr('10.0.0.1')] }] },
      'ipBlock.cidr is "10.0.0.1", not a CIDR',
    ],
    [
      'an except',
      { egress: [{ to: [cidr('10.0.0.0/8', 'x')] }] },
      'spec.egress[0].to[0].ipBlock.except[0] is "x"',
    ],
    [
      'a port',
      { ingress: [{ ports: [{ port: 70000 }] }] },
      'spec.ingress[0].ports[0].port is 70000, not a port number or',
    ],
    [
      'a protocol',
      { ingress: [{ ports: [{ protocol: 'tcp' }] }] },
      'protocol is "tcp", not TCP, UDP or SCTP',
    ],
    [
      'an endPort',
      { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] },
      'endPort is 79, not a port number that is at least as high as port',
    ],
    ['an endPort of a name', { ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] }, 'endPort is 80'],
    [
      'an operator',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'in' }] } },
      'operator is "in", not In,',
    ],
    [
      'a label',
      { podSelector: { matchLabels: { a: 1 } } },
      'spec.podSelector.matchLabels["a"] is 1, not a string',
    ],
  ];

  test.each(broken)('%s', (_, spec, message) => {
    const read = () => analyse([policy('broken', spec)], topology);
    expect(read).toThrow('NetworkPolicy shop/broken: spec');
    expect(read).toThrow(message);
  });
});
