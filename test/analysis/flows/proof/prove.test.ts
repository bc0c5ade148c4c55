import { type ProveOptions, prove } from '../../../../lib/analysis/flows/proof/prove';
import { analyse } from '../../../../lib/analysis/flows/reachability';
import type { Flow } from '../../../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../../../lib/documents/kubernetes';
import { addressPeer, app, denyAll, flow, podPeer, policy, topology, workload } from '../documents';

const objects = [workload('api'), workload('redis'), denyAll];
const toRedis = flow(podPeer('api'), podPeer('redis'), 6379);
const tcp = (...ports: number[]): Json[] => ports.map((port) => ({ port }));

function egress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`from-${name}`, { podSelector: app(name), policyTypes: ['Egress'], egress: rules });
}

function ingress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`to-${name}`, { podSelector: app(name), policyTypes: ['Ingress'], ingress: rules });
}

const out = egress('api', { to: [{ podSelector: app('redis') }], ports: tcp(6379) });
const into = ingress('redis', { from: [{ podSelector: app('api') }], ports: tcp(6379) });

/** Differences as they are printed; DNS is left alone unless a test is about it. */
function differences(
  documents: readonly KubernetesObject[],
  declared: readonly Flow[],
  options: ProveOptions = { clusterDns: false },
): string[] {
  return prove(analyse(documents, topology), declared, options).map(
    ({ kind, message, wayOut }) => `${kind}: ${message}. ${wayOut}`,
  );
}

test('what is allowed and declared is no difference', () => {
  expect(differences([...objects, out, into], [toRedis])).toEqual([]);
});

test('nothing allowed and nothing declared is none', () => {
  expect(differences(objects, [])).toEqual([]);
});

describe('what is declared and denied is lost', () => {
  test('by the egress of who connects', () => {
    expect(differences([...objects, egress('api', { ports: tcp(53) }), into], [toRedis])).toContain(
      'lost: api -> redis:6379 TCP is declared, but NetworkPolicy shop/from-api does not allow it. ' +
        'Add the connection to the egress of NetworkPolicy shop/from-api, or remove the declaration.',
    );
  });

  test('by the ingress of who answers', () => {
    expect(differences([...objects, out], [toRedis])).toContain(
      'lost: api -> redis:6379 TCP is declared, but no policy of shop allows ingress to redis from api. ' +
        'Add a NetworkPolicy that allows ingress to redis from api, or remove the declaration.',
    );
  });

  test('by whichever end denies the port; what is for the whole namespace is not where it belongs', () => {
    const metrics = policy('metrics', { podSelector: {}, ingress: [{ ports: tcp(9090) }] });
    const declared = [toRedis, flow(podPeer('api'), podPeer('redis'), 9090)];
    const found = differences([...objects, out, metrics], declared).filter((text) => text.startsWith('lost'));
    expect(found.map((text) => text.replace(/\. .*/, ''))).toEqual([
      'lost: api -> redis:9090 TCP is declared, but NetworkPolicy shop/from-api does not allow it',
      'lost: api -> redis:6379 TCP is declared, but no policy of shop allows ingress to redis from api',
    ]);
  });

  test('by both', () => {
    expect(differences([...objects, out, into], [{ ...toRedis, port: 6380 }])).toContain(
      'lost: api -> redis:6380 TCP is declared, but NetworkPolicy shop/from-api and NetworkPolicy shop/to-redis do not ' +
        'allow it. Add the connection to the egress of NetworkPolicy shop/from-api and add the connection to the ingress of NetworkPolicy ' +
        'shop/to-redis, or remove the declaration.',
    );
  });

  test('towards addresses, as far as they are denied', () => {
    const some = egress('api', { to: [{ ipBlock: { cidr: '203.0.113.0/25' } }], ports: tcp(443) });
    expect(
      differences([...objects, some], [flow(podPeer('api'), addressPeer('203.0.113.0/24'), 443)]),
    ).toEqual([
      'lost: api -> 203.0.113.128/25:443 TCP is declared, but NetworkPolicy shop/from-api does not allow it. ' +
        'Add the connection to the egress of NetworkPolicy shop/from-api, or remove the declaration.',
    ]);
  });

  test('to pods without a document, by the egress of the client alone', () => {
    const metrics = flow(podPeer('api'), podPeer('metrics', 'monitoring'), 9090);
    expect(differences(objects, [metrics])).toEqual([
      'lost: api -> monitoring app=metrics:9090 TCP is declared, but no policy of shop allows egress from api to ' +
        'monitoring app=metrics. Add a NetworkPolicy that allows egress from api to monitoring app=metrics, or remove the ' +
        'declaration.',
    ]);
  });

  test('between pods that no workload makes', () => {
    expect(differences(objects, [flow(podPeer('ghost'), podPeer('redis'), 6379)])[0]).toMatch(
      /^lost: shop app=ghost -> redis:6379 TCP is declared/,
    );
  });
});

describe('what is possible and not declared is gained', () => {
  test('with the policies of both ends', () => {
    expect(differences([...objects, out, into], [])).toEqual([
      'gained: api -> redis:6379 TCP is possible by NetworkPolicy shop/from-api and NetworkPolicy shop/to-redis, but ' +
        'not declared. Declare the connection, or narrow NetworkPolicy shop/from-api and NetworkPolicy shop/to-redis.',
    ]);
  });

  test('by a pod that no policy isolates', () => {
    expect(differences([workload('api'), policy('deny', { podSelector: app('api') })], [])[0]).toBe(
      'gained: any pod of shop -> any other pod of shop and pods of other namespaces on every port is possible because ' +
        'no NetworkPolicy isolates the egress of any pod of shop and the ingress of any other pod of shop and pods of ' +
        'other namespaces, but not declared. Declare the connection, or add a NetworkPolicy that selects these ' +
        'pods. Then only connections that a policy allows are possible.',
    );
  });

  test('and similar differences are merged', () => {
    const found = differences([...objects, workload('web'), ingress('redis', { ports: tcp(6379) })], []);
    expect(found[0]).toBe(
      'gained: pods of other namespaces and any address -> redis:6379 TCP is possible by NetworkPolicy shop/to-redis, ' +
        'but not declared. Declare the connection, or narrow NetworkPolicy shop/to-redis.',
    );
    expect(found.filter((text) => text.startsWith('gained'))).toHaveLength(1);
  });

  test('and is given as data too', () => {
    const [difference] = prove(analyse([...objects, out, into], topology), [], { clusterDns: false });
    expect(difference).toMatchObject({
      kind: 'gained',
      from: [{ kind: 'pods', name: 'api', pods: [{ namespace: 'shop', workload: 'Deployment shop/api' }] }],
      to: [{ kind: 'pods', name: 'redis' }],
      ports: [{ protocol: 'TCP', from: 6379, to: 6379 }],
      policies: ['NetworkPolicy shop/from-api', 'NetworkPolicy shop/to-redis'],
    });
  });
});

describe('what one end allows without a declaration is slack', () => {
  const wide = ingress('redis', { from: [{ podSelector: {} }], ports: tcp(6379) });

  test('at the server', () => {
    expect(differences([...objects, out, wide], [toRedis])).toEqual([
      'slack: redis and any other pod of shop -> redis:6379 TCP is allowed by NetworkPolicy shop/to-redis but ' +
        'not declared; only the egress of redis and any other pod of shop denies it. ' +
        'Declare the connection, or narrow NetworkPolicy shop/to-redis.',
    ]);
  });

  test('at the client', () => {
    const all = egress('api', { to: [{ podSelector: app('redis') }] });
    expect(differences([...objects, all, into], [toRedis])).toEqual([
      'slack: api -> redis:1-6378, 6380-65535 TCP, every UDP and SCTP port is allowed by NetworkPolicy shop/from-api ' +
        'but not declared; only the ingress of redis denies it. Declare the connection, or narrow NetworkPolicy shop/from-api.',
    ]);
  });

  test('and is none where it isn’t asked for', () => {
    expect(differences([...objects, out, wide], [toRedis], { clusterDns: false, slack: false })).toEqual([]);
  });
});

describe('the cluster’s DNS', () => {
  const kubeDns = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  };
  const ports = [{ protocol: 'UDP', port: 53 }, { port: 53 }];
  const dns = (podSelector: Json) =>
    policy('dns', { podSelector, policyTypes: ['Egress'], egress: [{ to: [kubeDns], ports }] });

  test('is declared for every workload', () => {
    expect(differences([...objects, dns({})], [], {})).toEqual([]);
    expect(differences([...objects, dns(app('api'))], [], {})).toEqual([
      'lost: redis -> kube-system k8s-app=kube-dns:53 TCP and UDP is declared, but no policy of shop allows egress from ' +
        'redis to kube-system k8s-app=kube-dns. Add a NetworkPolicy that allows egress from redis to kube-system ' +
        'k8s-app=kube-dns, or remove the declaration.',
    ]);
  });

  test('may be left to pods that no document describes, or not', () => {
    expect(differences([...objects, dns(app('api', 'redis'))], [], {})).toEqual([]);
  });

  test('is on 53 alone', () => {
    const more = policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [kubeDns] }] });
    expect(differences([...objects, more], [], {})).toHaveLength(1);
  });

  test('is a difference where it isn’t meant', () => {
    expect(differences([...objects, dns({})], [])[0]).toMatch(
      /^gained: any pod of shop -> kube-system k8s-app=kube-dns:53/,
    );
  });
});

describe('a declaration that policies can’t be about', () => {
  test('is of pods on the host network', () => {
    const traefik = workload('traefik', {
      namespace: 'kube-system',
      kind: 'DaemonSet',
      pod: { hostNetwork: true },
    });
    const found = differences(
      [...objects, traefik],
      [flow(podPeer('traefik', 'kube-system'), podPeer('api'), 8000)],
    );
    expect(found[0]).toBe(
      'lost: traefik -> api:8000 is declared, but the pods of DaemonSet kube-system/traefik use the host network, so no ' +
        'selector of a policy matches them. Declare addresses instead: the addresses of the nodes or, for ' +
        'connections to pods on other nodes, of the flannel interfaces.',
    );
  });

  test('is reported once for all flows with the same cause', () => {
    const traefik = workload('traefik', { namespace: 'kube-system', pod: { hostNetwork: true } });
    const flows = [8000, 9000].map((port) => flow(podPeer('traefik', 'kube-system'), podPeer('api'), port));
    expect(differences([...objects, traefik], flows).filter((each) => each.includes('host network'))).toEqual(
      [
        expect.stringMatching(
          /^lost: traefik -> api:8000 and one more connection are declared, but the pods of Deployment/,
        ),
      ],
    );
  });

  test('is none while some of the pods are not', () => {
    const host = workload('api-on-host', { labels: { app: 'api' }, pod: { hostNetwork: true } });
    expect(differences([...objects, host, out, into], [toRedis])).toEqual([]);
  });

  test('is of addresses that only pods have', () => {
    expect(differences(objects, [flow(podPeer('api'), addressPeer('10.42.3.7/32'), 80)])).toEqual([
      'lost: api -> 10.42.3.7/32:80 is declared, but 10.42.3.7/32 contains only pod addresses. ' +
        'Declare the pods by their labels.',
    ]);
  });

  test('is between addresses: that says nothing', () => {
    expect(differences(objects, [flow(addressPeer('178.104.247.152'), addressPeer('8.8.8.8'), 53)])).toEqual(
      [],
    );
  });

  test('has a CIDR that is none', () => {
    expect(() => differences(objects, [flow(podPeer('api'), addressPeer('10.0.0/8'), 80)])).toThrow(
      'the address "10.0.0/8" of a declared connection is not a CIDR such as 10.0.0.0/8',
    );
  });
});

test('rules for many pods are held against each other like those for few', () => {
  const names = Array.from({ length: 70 }, (_, index) => `s${index}`);
  const next = (index: number): string => names[(index + 1) % names.length] ?? '';
  const all = policy('all', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: {} }] }],
  });
  const documents = [...names.map((name) => workload(name)), denyAll, all];
  const narrow = names.map((name, index) =>
    ingress(name, { from: [{ podSelector: app(next(index)) }], ports: tcp(80) }),
  );
  const flows = names.map((name, index) => flow(podPeer(next(index)), podPeer(name), 80));
  const options = { clusterDns: false, slack: false };
  expect(differences([...documents, ...narrow], flows, options)).toEqual([]);
  expect(differences([...documents, ...narrow], flows.slice(1), options)).toHaveLength(1);

  const wide = policy('wide', {
    podSelector: {},
    ingress: [{ from: [{ podSelector: {} }], ports: tcp(81) }],
  });
  expect(differences([...documents, ...narrow, wide], flows, options)).toEqual([
    'gained: any pod of shop -> any pod of shop:81 TCP is possible by NetworkPolicy shop/all and NetworkPolicy shop/wide, ' +
      'but not declared. Declare the connection, or narrow NetworkPolicy shop/all and NetworkPolicy shop/wide.',
  ]);
  const out = policy('out', {
    podSelector: app('s0'),
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: {} }] }],
  });
  // The flows tell the seventy apart, which are as many classes then and not one.
  expect(differences([...names.map((name) => workload(name)), out], flows, options)).toContainEqual(
    expect.stringMatching(
      /^gained: s0 -> s0, s1, s2 and 67 others on every port is possible by NetworkPolicy shop\/out, and because/,
    ),
  );
});
