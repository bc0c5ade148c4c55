import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Json } from '../../../lib/documents/kubernetes';
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
import { api, cidr, egress, fromApi, ingress, into, outOf, redis, toRedis } from './policies';

describe('a podSelector', () => {
  const labelled = (name: string, labels: Record<string, string>) => workload(name, { labels });
  const pods = [
    labelled('one', { tier: 'a', size: 'x' }),
    labelled('two', { tier: 'b' }),
    labelled('three', { size: 'x' }),
  ];
  /** Those that `one` may reach when a rule has the selector. */
  const selected = (selector: Json): string[] => {
    const rule = { to: [{ podSelector: selector }] };
    const out = policy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [rule] });
    const found = analyse([...pods, out], topology).connections.filter(
      ({ from }) =>
        from.kind === 'pods' && from.pods.some(({ workload: object }) => object === 'Deployment shop/one'),
    );
    const members = found.flatMap(({ to }) => (to.kind === 'pods' ? to.pods : []));
    return members
      .map(({ workload: object, labels }) => object?.split('/')[1] ?? JSON.stringify(labels))
      .sort();
  };

  test.each<[string, Json, string[]]>([
    ['empty', {}, ['one', 'three', 'two', '{}']],
    ['matchLabels', { matchLabels: { tier: 'a' } }, ['one']],
    ['two matchLabels', { matchLabels: { tier: 'a', size: 'x' } }, ['one']],
    ['In', { matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] }, ['one', 'two']],
    ['Exists', { matchExpressions: [{ key: 'size', operator: 'Exists' }] }, ['one', 'three']],
    [
      'NotIn, which matches what has no such label',
      { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['a'] }] },
      ['three', 'two', '{}'],
    ],
    ['DoesNotExist', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, ['three', '{}']],
    [
      'matchLabels and matchExpressions',
      { matchLabels: { size: 'x' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
      ['three'],
    ],
    ['what nobody has', { matchLabels: { tier: 'c' } }, ['{"tier":"c"}']],
    [
      'In with what nobody has',
      { matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'c'] }] },
      ['one', '{"tier":"c"}'],
    ],
    ['Exists of what nobody has', { matchExpressions: [{ key: 'x', operator: 'Exists' }] }, ['{"x":""}']],
    [
      'a contradiction',
      { matchLabels: { tier: 'a' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
      [],
    ],
  ])('%s', (_, selector, expected) => {
    expect(selected(selector)).toEqual(expected);
  });

  test('tells apart what it leaves out', () => {
    const others = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['c'] }] };
    const found = connections(redis, policy('deny', { podSelector: others }));
    expect(found).toContain('any address -> shop tier=c: every port');
    expect(found).not.toContain('any address -> any pod of shop: every port');
  });

  test('selects in the policy’s own namespace alone', () => {
    const foreign = workload('api', { namespace: 'elsewhere' });
    expect(into(fromApi)).toEqual(['api -> redis: every port']);
    const found = connectionsTo(
      'shop/redis',
      api,
      foreign,
      redis,
      denyAll,
      egress('api', {}),
      ingress('redis', fromApi),
    );
    expect(found).toEqual(['shop/api -> shop/redis: every port']);
  });
});

describe('a namespaceSelector', () => {
  const named = (name: string): Json => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

  test('alone is for all pods of the namespace', () => {
    expect(outOf({ to: [{ namespaceSelector: named('kube-system') }] })).toEqual([
      'api -> any other pod of kube-system: every port',
    ]);
  });

  test('with a podSelector is for the pods that both match', () => {
    const dns = {
      namespaceSelector: named('kube-system'),
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    };
    expect(outOf({ to: [dns] })).toEqual(['api -> kube-system k8s-app=kube-dns: every port']);
  });

  test('next to a podSelector is for the pods that either matches', () => {
    const peers = [{ namespaceSelector: named('kube-system') }, { podSelector: app('redis') }];
    expect(outOf({ to: peers })).toEqual([
      'api -> any other pod of kube-system: every port',
      'api -> redis: every port',
    ]);
  });

  test('that is empty is for all namespaces', () => {
    expect(outOf({ to: [{ namespaceSelector: {} }] })).toEqual([
      'api -> pods of other namespaces: every port',
      'api -> redis: every port',
    ]);
    expect(outOf({ to: [{ namespaceSelector: {}, podSelector: app('redis') }] })).toEqual([
      'api -> app=redis of other namespaces: every port',
      'api -> redis: every port',
    ]);
  });

  test('knows the labels of a Namespace that is there, and else one that might be', () => {
    const rule = { to: [{ namespaceSelector: { matchLabels: { team: 'x' } } }] };
    expect(outOf(rule)).toEqual(['api -> any other pod of namespaces with team=x: every port']);
    const shop = namespace('shop', { team: 'x' });
    expect(
      connectionsFrom('api', shop, api, redis, denyAll, ingress('redis', {}), egress('api', rule)),
    ).toEqual(['api -> redis: every port']);
  });

  test('knows the name as a label that no Namespace can have otherwise', () => {
    const rule = { to: [{ namespaceSelector: named('shop') }] };
    const shop = namespace('shop', { 'kubernetes.io/metadata.name': 'else' });
    expect(
      connectionsFrom('api', shop, api, redis, denyAll, ingress('redis', {}), egress('api', rule)),
    ).toEqual(['api -> redis: every port']);
  });

  test('lets pods of an undescribed namespace in, and nothing else is known of them', () => {
    const rule = { from: [{ namespaceSelector: named('monitoring') }] };
    expect(into(rule)).toEqual(['any other pod of monitoring -> redis: every port']);
  });
});

describe('an ipBlock', () => {
  test.each<[string, Json, string[]]>([
    ['is its addresses', cidr('203.0.113.0/24'), ['203.0.113.0/24']],
    ['is one address', cidr('169.254.169.254/32'), ['169.254.169.254']],
    [
      'is without what is excepted',
      cidr('203.0.113.0/30', '203.0.113.2/32'),
      ['203.0.113.0/31, 203.0.113.3'],
    ],
    ['is IPv6 too', cidr('2001:db8::/32'), ['2001:db8::/32']],
    ['of the flannel addresses is no pod', cidr('10.42.3.0/32'), ['flannel address 10.42.3.0']],
    [
      'of a part of the pod CIDR may be any pod',
      cidr('10.42.3.0/24'),
      ['pods of other namespaces', 'redis', 'flannel address 10.42.3.0'],
    ],
    ['of one address in it too', cidr('10.42.3.7/32'), ['pods of other namespaces', 'redis']],
    [
      'of all but the pod CIDR is no pod',
      cidr('10.0.0.0/8', '10.42.0.0/16'),
      ['10.0.0.0/11, 10.32.0.0/13, 10.40.0.0/15, 10.44.0.0/14, 10.48.0.0/12, 10.64.0.0/10, 10.128.0.0/9'],
    ],
    [
      'of everything is the pods too',
      cidr('0.0.0.0/0'),
      ['pods of other namespaces', 'redis', 'any IPv4 address'],
    ],
  ])('%s', (_, peer, expected) => {
    expect(outOf({ to: [peer] })).toEqual(expected.map((name) => `api -> ${name}: every port`));
  });

  test('lets pods in by their address', () => {
    expect(into({ from: [cidr('10.42.0.0/16')] })).toEqual([
      'api -> redis: every port',
      'pods of other namespaces -> redis: every port',
      'flannel addresses 10.42.0.0 to 10.42.15.0 -> redis: every port',
      'flannel addresses 10.42.16.0 to 10.42.255.0 (of more node subnets than the 16 that policies allow) -> redis: every port',
    ]);
  });

  test('does not count next to a selector', () => {
    expect(outOf({ to: [{ podSelector: app('redis'), ...(cidr('203.0.113.0/24') as object) }] })).toEqual([
      'api -> redis: every port',
    ]);
  });
});

describe('a port by its name', () => {
  const web = (name: string, port: number) =>
    workload(name, { labels: { app: name, set: 'web' }, ports: [{ name: 'http', containerPort: port }] });
  const sets = { to: [{ podSelector: { matchLabels: { set: 'web' } } }], ports: [{ port: 'http' }] };
  const open = policy('in', { podSelector: { matchLabels: { set: 'web' } }, ingress: [{}] });

  test('is what each pod calls so', () => {
    const found = connectionsFrom(
      'api',
      api,
      web('a', 80),
      web('b', 8080),
      denyAll,
      open,
      egress('api', sets),
    );
    expect(found).toEqual(['api -> a: 80 TCP', 'api -> b: 8080 TCP']);
  });

  test('is of its protocol', () => {
    const dns = [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53 },
    ];
    const pods = workload('a', { ports: dns });
    const rule = { to: [{ podSelector: app('a') }], ports: [{ port: 'dns', protocol: 'UDP' }] };
    const found = connectionsFrom('api', api, pods, denyAll, ingress('a', {}), egress('api', rule));
    expect(found).toEqual(['api -> a: 53 UDP']);
  });

  test('of ingress is what the selected pods call so', () => {
    const rules = [{ from: [cidr('10.42.3.0/32')], ports: [{ port: 'http' }] }];
    const policies = [
      denyAll,
      policy('in', { podSelector: { matchLabels: { set: 'web' } }, ingress: rules }),
    ];
    expect(connections(web('a', 80), web('b', 8080), ...policies)).toEqual([
      'flannel address 10.42.3.0 -> a: 80 TCP',
      'flannel address 10.42.3.0 -> b: 8080 TCP',
    ]);
  });

  test('may be any where the pods are not described', () => {
    const pods = [{ podSelector: { matchLabels: { set: 'web' } } }, { podSelector: app('ghost') }];
    const rule = { to: pods, ports: [{ port: 'http' }] };
    const found = connectionsFrom(
      'api',
      api,
      web('a', 80),
      denyAll,
      ingress('ghost', {}),
      open,
      egress('api', rule),
    );
    expect(found).toEqual(['api -> a: 80 TCP', 'api -> shop app=ghost: 1-65535 TCP']);
  });

  test('that no pod has opens every port, as kube-router reads it', () => {
    const rule = { ...toRedis, ports: [{ port: 'redis' }] };
    expect(outOf(rule)).toEqual(['api -> redis: every port']);
    expect(into({ ...fromApi, ports: [{ port: 'redis' }] })).toEqual(['api -> redis: every port']);
    expect(outOf({ ...toRedis, ports: [{ port: 'redis' }, { port: 6379 }] })).toEqual([
      'api -> redis: 6379 TCP',
    ]);
  });

  test('of egress to all destinations is the name that pods of the own namespace use, at every destination', () => {
    const found = connectionsFrom(
      'api',
      api,
      web('a', 80),
      denyAll,
      open,
      egress('api', { ports: [{ port: 'http' }] }),
    );
    expect(found).toEqual([
      'api -> a: 80 TCP',
      'api -> pods of other namespaces: 80 TCP',
      'api -> any address: 80 TCP',
    ]);
  });

  test('of egress to addresses is none', () => {
    const rule = { to: [cidr('203.0.113.0/24')], ports: [{ port: 'http' }] };
    expect(connectionsFrom('api', api, web('a', 80), denyAll, open, egress('api', rule))).toEqual([]);
  });
});
