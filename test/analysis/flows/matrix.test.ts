import { flowAssumptions } from '../../../lib/analysis/flows/assumptions';
import { flowMatrix, reachabilityJson } from '../../../lib/analysis/flows/matrix';
import { analyse } from '../../../lib/analysis/flows/reachability';
import { app, denyAll, policy, topology, workload } from './documents';
import { policies, workloads } from './production';

const production = analyse([...workloads, ...policies], topology);

test('production reads as a table', () => {
  expect(`\n${flowMatrix(production)}`).toBe(`
from \\ to                    admin     api       kube-system       redis     web       public addresses
                                                 k8s-app=kube-dns
admin                        -         -         53 TCP and UDP    -         -         -
any other pod of honeydue    -         -         53 TCP and UDP    -         -         -
api                          -         -         53 TCP and UDP    6379 TCP  -         443, 587, 5432 TCP
migration                    -         -         53 TCP and UDP    -         -         5432 TCP
redis                        -         -         53 TCP and UDP    -         -         -
vmagent                      -         9090 TCP  53 TCP and UDP    -         -         443 TCP
web                          -         -         53 TCP and UDP    -         -         443 TCP
worker                       -         -         53 TCP and UDP    6379 TCP  -         443, 587, 5432 TCP
flannel addresses 10.42.0.0  3000 TCP  8000 TCP  -                 -         3000 TCP  -
to 10.42.15.0
`);
});

test('what is too wide for the terminal reads as a list', () => {
  expect(`\n${flowMatrix(production, { width: 80 })}`).toBe(`
admin
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
any other pod of honeydue
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
api
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
  -> redis: 6379 TCP
  -> public addresses: 443, 587, 5432 TCP
migration
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
  -> public addresses: 5432 TCP
redis
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
vmagent
  -> api: 9090 TCP
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
  -> public addresses: 443 TCP
web
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
  -> public addresses: 443 TCP
worker
  -> kube-system k8s-app=kube-dns: 53 TCP and UDP
  -> redis: 6379 TCP
  -> public addresses: 443, 587, 5432 TCP
flannel addresses 10.42.0.0 to 10.42.15.0
  -> admin: 3000 TCP
  -> api: 8000 TCP
  -> web: 3000 TCP
`);
});

test('where nothing may connect that is what it says', () => {
  expect(flowMatrix(analyse([workload('api'), denyAll], topology))).toBe('No connection is possible.\n');
});

test('other programs get the connections exactly, with what is taken for granted', () => {
  const rule = {
    to: [{ ipBlock: { cidr: '203.0.113.0/24' } }],
    ports: [{ port: 443 }, { port: 8000, endPort: 8010 }],
  };
  const egress = policy('from-api', { podSelector: app('api'), policyTypes: ['Egress'], egress: [rule] });
  const json = reachabilityJson(analyse([workload('api'), denyAll, egress], topology));
  expect(JSON.parse(JSON.stringify(json))).toEqual({
    version: 1,
    assumptions: flowAssumptions,
    connections: [
      {
        from: {
          kind: 'pods',
          name: 'api',
          pods: [{ namespace: 'shop', labels: { app: 'api' }, workload: 'Deployment shop/api' }],
        },
        to: { kind: 'addresses', name: '203.0.113.0/24', cidrs: ['203.0.113.0/24'] },
        ports: [
          { protocol: 'TCP', from: 443, to: 443 },
          { protocol: 'TCP', from: 8000, to: 8010 },
        ],
        allowedBy: { egress: ['NetworkPolicy shop/from-api'], ingress: 'not isolated' },
      },
    ],
  });
});

test('the order of the documents changes nothing', () => {
  const reversed = analyse([...policies, ...workloads].toReversed(), topology);
  expect(reachabilityJson(reversed)).toEqual(reachabilityJson(production));
});
