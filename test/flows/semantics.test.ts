import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { analyse } from '../../lib/flows/reachability';
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

const api = workload('api');
const redis = workload('redis');

/** A policy for the pods with the label `app`, in one direction. */
function ingress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`to-${name}`, { podSelector: app(name), policyTypes: ['Ingress'], ingress: rules });
}

function egress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`from-${name}`, { podSelector: app(name), policyTypes: ['Egress'], egress: rules });
}

/** With everything denied but the egress of `api`, what a rule lets into `redis`. */
function into(...rules: Json[]): string[] {
  return connectionsTo('redis', api, redis, denyAll, egress('api', {}), ingress('redis', ...rules));
}

/** With everything denied but the ingress of `redis`, what a rule lets `api` do. */
function outOf(...rules: Json[]): string[] {
  return connectionsFrom('api', api, redis, denyAll, ingress('redis', {}), egress('api', ...rules));
}

const tcp = (port: Json): Json => ({ ports: [{ protocol: 'TCP', port }] });
const fromApi = { from: [{ podSelector: app('api') }] };
const toRedis = { to: [{ podSelector: app('redis') }] };
const cidr = (text: string, ...except: string[]): Json => ({ ipBlock: { cidr: text, except } });

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
  test('without from is for everybody', () => {
    expect(into({})).toEqual([
      'api -> redis: every port',
      'pods of other namespaces -> redis: every port',
      'any address -> redis: every port',
    ]);
    expect(into({ from: [] })).toEqual(into({}));
  });

  test('without to is for everybody', () => {
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

  test('with a peer of nothing is for nobody', () => {
    expect(outOf({ to: [{}] })).toEqual([]);
  });
});

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

  test('beside a podSelector is for the pods that either matches', () => {
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

  test('lets pods of an undescribed namespace in, of which nothing else is known', () => {
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
      [
        '10.0.0.0/11, 10.32.0.0/13, 10.40.0.0/15, 10.43.0.0/16, 10.44.0.0/14, 10.48.0.0/12, 10.64.0.0/10, 10.128.0.0/9',
      ],
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
      'flannel addresses 10.42.16.0 to 10.42.255.0 (behind the 16 node subnets that are counted with) -> redis: every port',
    ]);
  });

  test('does not count beside a selector', () => {
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

  test('of egress to everybody is what pods of the own namespace call so, at every destination', () => {
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
      ingress: ['NetworkPolicy shop/both (by its rules of the other direction)'],
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

  test('of a namespace with neither workload nor policy are not the documents’ business', () => {
    expect(connections(namespace('elsewhere', {}), api, denyAll)).toEqual([]);
  });
});

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
      'spec.ingress[0].ports[0].port is 70000, neither a port nor',
    ],
    [
      'a protocol',
      { ingress: [{ ports: [{ protocol: 'tcp' }] }] },
      'protocol is "tcp", not TCP, UDP or SCTP',
    ],
    [
      'an endPort',
      { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] },
      'endPort is 79, not a number from port on',
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
      'spec.podSelector.matchLabels["a"] is 1, not text',
    ],
  ];

  test.each(broken)('%s', (_, spec, message) => {
    const read = () => analyse([policy('broken', spec)], topology);
    expect(read).toThrow('NetworkPolicy shop/broken: spec');
    expect(read).toThrow(message);
  });
});
