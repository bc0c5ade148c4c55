import { External, ForeignPods, HostNetworkIngress } from '../../lib/constructs/external';
import { NetworkPolicies } from '../../lib/constructs/network-policies';
import { PinnedRedis } from '../../lib/constructs/redis/pinned-redis';
import { WebService } from '../../lib/constructs/web-service';
import type { KubernetesObject } from '../../lib/documents/kubernetes';
import { at } from '../support/at';
import { objectsOf } from '../support/chart';
import { redisProps, webServiceProps } from '../support/props';

const objects = objectsOf((chart) => {
  const cart = new WebService(chart, 'cart', webServiceProps);
  const cache = new PinnedRedis(chart, 'cache', redisProps);
  const ingress = new HostNetworkIngress('ingress', ['10.42.0.0', '10.42.1.0']);
  ingress.connectTo(cart);
  cart.connectTo(cache);
  cart.connectTo(new External('payments', 443));
  cart.connectTo(new External('mail', 587));
  new NetworkPolicies(chart, 'policies', { sources: [ingress, cart] });
});
const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
const policy = (name: string): KubernetesObject | undefined =>
  policies.find(({ metadata }) => metadata.name === name);

describe('NetworkPolicies', () => {
  test('has one for each workload and direction, the DNS, and the denial of the rest at the end', () => {
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([
      'allow-egress-from-cart',
      'allow-ingress-to-cache',
      'allow-ingress-to-cart',
      'allow-dns',
      'default-deny',
    ]);
  });

  test('denies every pod both directions', () => {
    expect(at(policy('default-deny'), 'spec')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test("opens the cluster's DNS over UDP and TCP", () => {
    expect(at(policy('allow-dns'), 'spec.egress')).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ]);
  });

  test('opens the ports of external services to public addresses, in one rule', () => {
    expect(at(policy('allow-egress-from-cart'), 'spec.egress')).toContainEqual({
      to: [
        {
          ipBlock: {
            cidr: '0.0.0.0/0',
            except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
          },
        },
      ],
      ports: [
        { protocol: 'TCP', port: 443 },
        { protocol: 'TCP', port: 587 },
      ],
    });
  });

  test('opens a workload at both ends', () => {
    const pods = (name: string) => [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }];
    const ports = [{ protocol: 'TCP', port: 6379 }];
    expect(at(policy('allow-egress-from-cart'), 'spec.egress')).toContainEqual({ to: pods('cache'), ports });
    expect(at(policy('allow-ingress-to-cache'), 'spec.ingress')).toEqual([{ from: pods('cart'), ports }]);
  });

  test("lets an ingress controller on the host's network in by its nodes' flannel addresses", () => {
    expect(at(policy('allow-ingress-to-cart'), 'spec.ingress')).toEqual([
      {
        from: [{ ipBlock: { cidr: '10.42.0.0/32' } }, { ipBlock: { cidr: '10.42.1.0/32' } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ]);
  });

  test('lets nothing out of a workload that connects to nothing', () => {
    expect(policy('allow-egress-from-cache')).toBeUndefined();
  });
});

describe('pods of another namespace', () => {
  const nginx = new ForeignPods('nginx', {
    namespace: 'ingress-nginx',
    labels: { 'app.kubernetes.io/component': 'controller' },
  });
  const foreign = objectsOf((chart) => {
    const cart = new WebService(chart, 'cart', webServiceProps);
    nginx.connectTo(cart);
    cart.connectTo(new ForeignPods('billing', { namespace: 'billing' }).at(8080));
    new NetworkPolicies(chart, 'policies', { sources: [nginx, cart] });
  }).filter(({ kind }) => kind === 'NetworkPolicy');
  const named = (name: string) => foreign.find(({ metadata }) => metadata.name === name);

  test('may reach a workload, such as an ingress controller with pods', () => {
    expect(at(named('allow-ingress-to-cart'), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/component': 'controller' } },
      },
    ]);
  });

  test('are reached on the port that is stated', () => {
    expect(at(named('allow-egress-from-cart'), 'spec.egress')).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'billing' } },
            podSelector: {},
          },
        ],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ]);
  });

  test('get no policy in this namespace', () => {
    expect(foreign.map(({ metadata }) => metadata.name)).toEqual([
      'allow-egress-from-cart',
      'allow-ingress-to-cart',
      'allow-dns',
      'default-deny',
    ]);
  });
});
