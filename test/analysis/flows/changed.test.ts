import { changedConnections } from '../../../lib/analysis/flows/changed';
import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

function pods(name: string, kind = 'Deployment', object = name): KubernetesObject {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: name }] } };
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  return { apiVersion, kind, metadata: { name: object, namespace: 'shop' }, spec: { template } };
}

function templateOf(object: KubernetesObject): Template {
  return (object['spec'] as unknown as { template: Template }).template;
}

interface Template {
  readonly metadata: { readonly [field: string]: Json };
  readonly spec: { readonly [field: string]: Json };
}

function labelled(object: KubernetesObject, labels: { readonly [key: string]: string }): KubernetesObject {
  return { ...object, spec: { template: { ...templateOf(object), metadata: { labels } } } };
}

function onHostNetwork(object: KubernetesObject): KubernetesObject {
  const { metadata, spec } = templateOf(object);
  return { ...object, spec: { template: { metadata, spec: { ...spec, hostNetwork: true } } } };
}

function policy(name: string, spec: { readonly [field: string]: Json }): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { podSelector: {}, ...spec },
  };
}

const deny = policy('deny', { policyTypes: ['Ingress', 'Egress'] });
const selector = (name: string) => ({ matchLabels: { app: name } });
const opens = (from: string, peers: Json, port = 80) =>
  policy(`from-${from}`, {
    podSelector: selector(from),
    policyTypes: ['Egress'],
    egress: [{ to: peers, ports: [{ protocol: 'TCP', port }] }],
  });
const admits = (to: string, from: string, port = 80) =>
  policy(`to-${to}`, {
    podSelector: selector(to),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: selector(from) }], ports: [{ protocol: 'TCP', port }] }],
  });

const shop = [pods('cart'), pods('store'), deny];

function changed(before: KubernetesObject[], after: KubernetesObject[]) {
  const { gained, lost } = changedConnections(
    analyse(before, defaultTopology),
    analyse(after, defaultTopology),
  );
  const told = ({ from, to, ports }: (typeof gained)[number]) => `${from} -> ${to} ${ports}`;
  return { gained: gained.map(told), lost: lost.map(told) };
}

const cartToStore = [opens('cart', [{ podSelector: selector('store') }]), admits('store', 'cart')];
const block = (...cidrs: string[]): Json => cidrs.map((cidr) => ({ ipBlock: { cidr } }));

describe('changed connections', () => {
  test('are none where the policies are written otherwise and mean the same', () => {
    const one = [...shop, opens('cart', block('192.0.2.0/24'))];
    const two = [...shop, opens('cart', block('192.0.2.128/25', '192.0.2.0/25'))];
    expect(changed(one, two)).toEqual({ gained: [], lost: [] });
  });

  test('become possible when both ends let them through', () => {
    expect(changed(shop, [...shop, ...cartToStore])).toEqual({ gained: ['cart -> store 80 TCP'], lost: [] });
  });

  test('do not while one end denies them', () => {
    expect(changed(shop, [...shop, ...cartToStore.slice(0, 1)])).toEqual({ gained: [], lost: [] });
  });

  test('become impossible', () => {
    expect(changed([...shop, ...cartToStore], shop)).toEqual({ gained: [], lost: ['cart -> store 80 TCP'] });
  });

  test('are the ports that differ alone', () => {
    const both = (port: number) => [
      opens('cart', [{ podSelector: selector('store') }], port),
      admits('store', 'cart', port),
    ];
    const more = both(81).map((each) => ({
      ...each,
      metadata: { ...each.metadata, name: `more-${each.metadata.name}` },
    }));
    expect(changed([...shop, ...both(80)], [...shop, ...both(80), ...more]).gained).toEqual([
      'cart -> store 81 TCP',
    ]);
  });

  test('are the addresses that differ alone', () => {
    const before = [...shop, opens('cart', block('192.0.2.0/25'))];
    const after = [...shop, opens('cart', block('192.0.2.0/24'))];
    expect(changed(before, after)).toEqual({ gained: ['cart -> 192.0.2.128/25 80 TCP'], lost: [] });
  });

  test('say nothing of the connections that a workload takes with it', () => {
    expect(changed([...shop, ...cartToStore], [pods('store'), deny]).lost).toEqual([]);
  });

  test('know the pods of a Job by their labels, whatever its name', () => {
    const with_ = (name: string) => [pods('move', 'Job', name), deny, opens('move', block('192.0.2.0/24'))];
    expect(changed(with_('move-1'), with_('move-2'))).toEqual({ gained: [], lost: [] });
  });

  test('know a Job of the same name, whatever its labels', () => {
    const move = (version: string) => labelled(pods('move', 'Job'), { app: 'move', version });
    expect(changed([pods('cart'), move('1')], [pods('cart'), move('2')])).toEqual({ gained: [], lost: [] });
  });

  test('know a Job whose name ends with a hash, and whose labels differ', () => {
    const move = (hash: string) => labelled(pods('move', 'Job', `move-${hash}`), { app: 'move', hash });
    const jobs = [move('9c080233ac'), move('0a1b2c3d4e')] as const;
    expect(changed([pods('cart'), jobs[0]], [pods('cart'), jobs[1]])).toEqual({ gained: [], lost: [] });
  });

  test('say nothing of other pods of a namespace that only one output has', () => {
    const other = [pods('till'), deny].map((each) => ({
      ...each,
      metadata: { ...each.metadata, namespace: 'other' },
    }));
    const both = [pods('cart'), ...other];
    expect(changed(both, [pods('cart')])).toEqual({ gained: [], lost: [] });
    expect(changed([pods('cart')], both).lost).toEqual([]);
  });

  test('say nothing of other pods with the labels of a workload that comes or goes', () => {
    const without = [pods('cart'), admits('cart', 'store')];
    const both = [...without, pods('store')];
    expect(changed(both, without)).toEqual({ gained: [], lost: [] });
    expect(changed(without, both).lost).toEqual([]);
  });

  test('stay where pods move to the network of their node and no policy decides', () => {
    const open = [pods('cart'), pods('store')];
    const moved = [onHostNetwork(pods('cart')), pods('store')];
    expect(changed(open, moved)).toEqual({ gained: [], lost: [] });
    expect(changed(moved, open)).toEqual({ gained: [], lost: [] });
  });

  test('become impossible where a policy let the pods through that move to the network of their node', () => {
    const allowed = [pods('store'), admits('store', 'cart')];
    expect(changed([pods('cart'), ...allowed], [onHostNetwork(pods('cart')), ...allowed])).toEqual({
      gained: [],
      lost: ['cart -> store 80 TCP'],
    });
  });

  test('become possible for other pods where a namespace loses its last policy', () => {
    const lone = { ...deny, metadata: { name: 'deny', namespace: 'other' } };
    expect(changed([pods('cart'), lone], [pods('cart')]).gained).toContainEqual(
      expect.stringContaining('any other pod of other -> '),
    );
  });

  test('are reported once for identical pods', () => {
    const open = [pods('cart'), pods('till'), pods('store')];
    const { lost } = changed(open, [...open, deny]);
    expect(lost.some((each) => each.includes('cart, store, till'))).toBe(true);
  });
});
