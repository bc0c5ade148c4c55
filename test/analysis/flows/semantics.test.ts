import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import {
  app,
  connections,
  connectionsFrom,
  connectionsTo,
  denyAll,
  namespace,
  policy,
  topology,
  workload,
} from './documents';
import { api, cidr, egress, fromApi, ingress, into, outOf, redis, tcp, toRedis } from './policies';

describe('isolation', () => {
  test('without a policy everything may connect', () => {
    expect(connections(api)).toEqual([
      'any pod of shop -> any pod of shop and pods of other namespaces: every port',
      'any pod of shop -> any address: every port',
      'pods of other namespaces -> any pod of shop: every port',
      'any address -> any pod of shop: every port',
    ]);
  });

  test('with one for everything nothing may', () => {
    expect(connections(api, redis, denyAll)).toEqual([]);
  });

  test('is of the selected pods alone', () => {
    expect(connectionsTo('redis', api, redis, policy('deny', { podSelector: app('redis') }))).toEqual([]);
    expect(connectionsFrom('redis', api, redis, policy('deny', { podSelector: app('redis') }))).not.toEqual(
      [],
    );
  });

  test('is of the policy’s own namespace alone', () => {
    const elsewhere = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'elsewhere');
    expect(connectionsTo('shop/api', api, workload('web', { namespace: 'elsewhere' }), elsewhere)).toEqual(
      [],
    );
    expect(connections(api, workload('web', { namespace: 'elsewhere' }), elsewhere)).toContain(
      'any pod of shop -> any pod of shop and pods of other namespaces: every port',
    );
  });

  test.each<[string, Json, boolean, boolean]>([
    ['no policyTypes and no rules', {}, true, false],
    ['no policyTypes and an egress rule', { egress: [{}] }, true, true],
    ['no policyTypes and an empty egress, which the API server does not count', { egress: [] }, true, false],
    ['Ingress', { policyTypes: ['Ingress'], egress: [{}] }, true, false],
    ['Egress', { policyTypes: ['Egress'], ingress: [{}] }, false, true],
    ['an empty list of policyTypes', { policyTypes: [] }, true, false],
  ])('%s', (_, spec, isIngress, isEgress) => {
    const only = policy('only', {
      podSelector: app('redis'),
      ...(spec as Record<string, Json>),
      ingress: [],
    });
    const { cluster } = analyse([redis, only], topology);
    expect([cluster.policies[0]?.ingress !== undefined, cluster.policies[0]?.egress !== undefined]).toEqual([
      isIngress,
      isEgress,
    ]);
  });

  test('a policy of another API group is none', () => {
    const calico = { ...denyAll, apiVersion: 'crd.projectcalico.org/v1' };
    expect(connections(api, calico)).toEqual(connections(api));
  });

  test('two policies allow what either does', () => {
    const more = policy('more', { podSelector: {}, ingress: [{ ...fromApi, ...(tcp(6380) as object) }] });
    const found = connectionsTo(
      'redis',
      api,
      redis,
      denyAll,
      egress('api', {}),
      more,
      ingress('redis', fromApi),
    );
    expect(found).toEqual(['api -> redis: every port']);
  });
});

describe('a connection between pods', () => {
  test('needs both ends', () => {
    expect(connections(api, redis, denyAll, egress('api', toRedis), ingress('redis', fromApi))).toEqual([
      'api -> redis: every port',
    ]);
  });

  test.each([
    ['egress', [egress('api', toRedis)]],
    ['ingress', [ingress('redis', fromApi)]],
  ])('is denied with %s alone', (_, policies) => {
    expect(connections(api, redis, denyAll, ...policies)).toEqual([]);
  });

  test('has the ports that both ends allow', () => {
    const ports = (from: number, to: number): Json => ({ ports: [{ port: from, endPort: to }] });
    const policies = [
      egress('api', { ...toRedis, ...(ports(10, 20) as object) }),
      ingress('redis', { ...fromApi, ...(ports(15, 30) as object) }),
    ];
    expect(connections(api, redis, denyAll, ...policies)).toEqual(['api -> redis: 15-20 TCP']);
  });

  test('is denied one way where it is allowed the other', () => {
    expect(connections(api, redis, denyAll, egress('redis', toRedis), ingress('api', fromApi))).toEqual([]);
  });
});

describe('a rule', () => {
  test('without from is for all clients', () => {
    expect(into({})).toEqual([
      'api -> redis: every port',
      'pods of other namespaces -> redis: every port',
      'any address -> redis: every port',
    ]);
    expect(into({ from: [] })).toEqual(into({}));
  });

  test('without to is for all destinations', () => {
    expect(outOf({})).toEqual([
      'api -> pods of other namespaces: every port',
      'api -> redis: every port',
      'api -> any address: every port',
    ]);
    expect(outOf({ to: null })).toEqual(outOf({}));
  });

  test('without ports is for all', () => {
    expect(outOf(toRedis)).toEqual(['api -> redis: every port']);
    expect(outOf({ ...toRedis, ports: [] })).toEqual(outOf(toRedis));
  });

  test.each<[string, Json, string]>([
    ['a number', { port: 80 }, '80 TCP'],
    ['a number of UDP', { port: 80, protocol: 'UDP' }, '80 UDP'],
    ['a number of SCTP', { port: 80, protocol: 'SCTP' }, '80 SCTP'],
    ['a protocol alone', { protocol: 'UDP' }, '1-65535 UDP'],
    ['nothing', {}, '1-65535 TCP'],
    ['a range', { port: 80, endPort: 90 }, '80-90 TCP'],
    ['a range of one', { port: 80, endPort: 80 }, '80 TCP'],
    ['the last port', { port: 65535 }, '65535 TCP'],
  ])('with a port that is %s', (_, port, expected) => {
    expect(outOf({ ...toRedis, ports: [port] })).toEqual([`api -> redis: ${expected}`]);
  });

  test('is of all its ports', () => {
    const ports = [{ port: 80 }, { port: 80, protocol: 'UDP' }, { port: 81 }, { port: 90 }];
    expect(outOf({ ...toRedis, ports })).toEqual(['api -> redis: 80-81 TCP, 90 TCP, 80 UDP']);
  });

  test('is of all its peers', () => {
    const peers = [{ podSelector: app('redis') }, cidr('203.0.113.0/24')];
    expect(outOf({ to: peers })).toEqual(['api -> redis: every port', 'api -> 203.0.113.0/24: every port']);
  });

  test('with an empty peer is for no client', () => {
    expect(outOf({ to: [{}] })).toEqual([]);
  });
});

describe('a policy of both types', () => {
  const both = (spec: Record<string, Json>) =>
    policy('both', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec });

  test('lets its own pods out by its ingress rules too, as kube-router chains it', () => {
    expect(
      connections(
        api,
        redis,
        both({ ingress: [{ from: [{ podSelector: app('api') }], ports: [{ port: 6379 }] }] }),
      ),
    ).toEqual(['api -> api: 6379 TCP', 'api -> redis and any other pod of shop: 6379 TCP']);
  });

  test('lets its own pods in by its egress rules too', () => {
    expect(connections(api, redis, both({ egress: [{ ...toRedis, ports: [{ port: 6379 }] }] }))).toEqual([
      'api and any other pod of shop -> redis: 6379 TCP',
      'redis -> redis: 6379 TCP',
    ]);
  });

  test('says so', () => {
    const objects = [api, redis, both({ egress: [{ ...toRedis, ports: [{ port: 6379 }] }] })];
    expect(analyse(objects, topology).connections[0]?.allowedBy).toEqual({
      egress: ['NetworkPolicy shop/both'],
      ingress: ['NetworkPolicy shop/both (through a rule for the other direction)'],
    });
  });

  test('does not for pods that it does not both select', () => {
    const spec = { podSelector: app('redis'), ingress: [fromApi] };
    expect(connections(api, redis, denyAll, both(spec))).toEqual([]);
  });

  test('lets nothing more through towards addresses', () => {
    expect(connections(api, both({ ingress: [{ from: [cidr('203.0.113.0/24')] }] }))).toEqual([
      '203.0.113.0/24 -> any pod of shop: every port',
    ]);
  });
});

describe('pods', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'])(
    'of a %s',
    (kind) => {
      const found = connections(
        workload('x', { kind }),
        denyAll,
        egress('x', { to: [cidr('203.0.113.0/24')] }),
      );
      expect(found).toEqual(['x -> 203.0.113.0/24: every port']);
    },
  );

  test('on the host network match no selector and are isolated by none', () => {
    const host = workload('api', { pod: { hostNetwork: true } });
    expect(connections(host, redis, denyAll, egress('api', toRedis), ingress('redis', fromApi))).toEqual([
      'shop app=api -> redis: every port',
    ]);
  });

  test('on the host network alone don’t make their namespace the documents’ business', () => {
    const traefik = workload('traefik', { namespace: 'kube-system', pod: { hostNetwork: true } });
    expect(connections(traefik, redis, denyAll)).toEqual([]);
  });

  test('of a Job have the labels that its controller adds', () => {
    const rule = { to: [cidr('203.0.113.0/24')] };
    const byName = policy('job', { podSelector: { matchLabels: { 'job-name': 'x' } }, egress: [rule] });
    expect(connections(workload('x', { kind: 'Job' }), denyAll, byName)).toEqual([
      'x -> 203.0.113.0/24: every port',
    ]);
  });

  test('that no workload has and a policy selects might be there', () => {
    expect(connections(redis, denyAll, egress('ghost', toRedis), ingress('redis', {}))).toContain(
      'shop app=ghost -> redis: every port',
    );
  });

  test('are called by their label, then by their object, then with its kind', () => {
    const label = { 'app.kubernetes.io/name': 'web' };
    const named = (kind: string, name: string, labels: Record<string, string>) =>
      workload(name, { kind, labels });
    const names = (...objects: KubernetesObject[]) =>
      new Set(
        connections(...objects, policy('out', { podSelector: {}, egress: [{ to: [cidr('1.1.1.1/32')] }] })),
      );
    expect(names(named('Job', 'web-1a2b', label), named('CronJob', 'x', { a: '1' }))).toEqual(
      new Set(['any pod of shop -> 1.1.1.1: every port']),
    );
    const apart = policy('a', { podSelector: { matchLabels: { a: '1' } } });
    const found = names(
      named('Deployment', 'x', { a: '1' }),
      named('CronJob', 'x', label),
      named('Job', 'y', label),
      apart,
    );
    expect([...found]).toEqual([
      'x (CronJob), y and any other pod of shop -> 1.1.1.1: every port',
      'x (Deployment) -> 1.1.1.1: every port',
    ]);
  });

  test('of two namespaces are called with theirs', () => {
    const other = workload('api', { namespace: 'elsewhere' });
    const names = connectionsFrom('shop/api', api, other, denyAll, egress('api', {}));
    expect(names).toContain('shop/api -> any pod of elsewhere: every port');
  });

  test('of a namespace without workload and policy are not in the documents', () => {
    expect(connections(namespace('elsewhere', {}), api, denyAll)).toEqual([]);
  });
});
