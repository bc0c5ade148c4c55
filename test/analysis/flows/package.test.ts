import { flows, proveFlows } from '@honeydue/infrastructure';
import { clientsOf } from '../../../examples/flows';
import { app, denyAll, flow, podPeer, policy, workload } from './documents';

const open = (to: string, from: string) =>
  policy(`allow-${to}`, {
    podSelector: app(to),
    ingress: [{ from: [{ podSelector: app(from) }], ports: [{ port: 6379 }] }],
  });
const egress = policy('allow-egress', { podSelector: app('cart'), egress: [{}] });
const objects = [workload('cart'), workload('redis'), denyAll, open('redis', 'cart'), egress];

describe("the package's flows", () => {
  test('say which pods may connect', () => {
    expect(clientsOf(6379, objects)).toContain('cart -> redis');
    expect(clientsOf(6379, [workload('cart'), workload('redis'), denyAll])).toEqual([]);
  });

  test('carry what is assumed of the cluster', () => {
    expect(flows(objects)).toMatchObject({
      version: 1,
      assumptions: expect.arrayContaining([expect.any(String)]),
    });
  });

  test('differ from what is declared', () => {
    const narrow = policy('allow-egress', {
      podSelector: app('cart'),
      egress: [{ to: [{ podSelector: app('redis') }], ports: [{ port: 6379 }] }],
    });
    const exact = [...objects.filter((each) => each !== egress), narrow];
    const declared = flow(podPeer('cart'), podPeer('redis'), 6379);
    expect(proveFlows(exact, [declared], { clusterDns: false })).toEqual([]);
    expect(proveFlows(exact, [], { clusterDns: false })).toMatchObject([{ kind: 'gained' }]);
  });
});
