import type { Flow, Peer } from '../../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { privateRanges } from '../../../lib/documents/topology';

/** Production as it is meant to be, written down without the code that makes it. */
const namespace = 'honeydue';

type Labels = { readonly 'app.kubernetes.io/name': string };

const labels = (name: string): Labels => ({ 'app.kubernetes.io/name': name });
const pods = (name: string): Json => ({ podSelector: { matchLabels: labels(name) } });
const tcp = (...ports: number[]): Json[] => ports.map((port) => ({ protocol: 'TCP', port }));

const flannelAddresses = Array.from({ length: 16 }, (_, subnet) => `10.42.${subnet}.0/32`);
const traefik: Json = flannelAddresses.map((cidr) => ({ ipBlock: { cidr } }));
const everybodyOutside: Json = [{ ipBlock: { cidr: '0.0.0.0/0', except: [...privateRanges] } }];
const clusterDns: Json = [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  },
];

function workload(name: string, kind = 'Deployment'): KubernetesObject {
  const spec = {
    template: { metadata: { labels: labels(name) }, spec: { containers: [{ name, image: name }] } },
  };
  return { apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, metadata: { name, namespace }, spec };
}

function policy(name: string, spec: { [field: string]: Json }): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

function egress(name: string, ...rules: Json[]): KubernetesObject {
  const podSelector = { matchLabels: labels(name) };
  return policy(`allow-egress-from-${name}`, { podSelector, policyTypes: ['Egress'], egress: rules });
}

function ingress(name: string, ...rules: Json[]): KubernetesObject {
  const podSelector = { matchLabels: labels(name) };
  return policy(`allow-ingress-to-${name}`, { podSelector, policyTypes: ['Ingress'], ingress: rules });
}

export const workloads: readonly KubernetesObject[] = [
  ...['api', 'admin', 'web', 'worker', 'redis', 'vmagent'].map((name) => workload(name)),
  workload('migration', 'Job'),
];

export const policies: readonly KubernetesObject[] = [
  policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('allow-dns', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: clusterDns, ports: [{ protocol: 'UDP', port: 53 }, ...tcp(53)] }],
  }),
  egress(
    'api',
    { to: [pods('redis')], ports: tcp(6379) },
    { to: everybodyOutside, ports: tcp(443, 587, 5432) },
  ),
  egress(
    'worker',
    { to: [pods('redis')], ports: tcp(6379) },
    { to: everybodyOutside, ports: tcp(443, 587, 5432) },
  ),
  egress('migration', { to: everybodyOutside, ports: tcp(5432) }),
  egress('web', { to: everybodyOutside, ports: tcp(443) }),
  egress('vmagent', { to: [pods('api')], ports: tcp(9090) }, { to: everybodyOutside, ports: tcp(443) }),
  ingress('api', { from: traefik, ports: tcp(8000) }, { from: [pods('vmagent')], ports: tcp(9090) }),
  ingress('admin', { from: traefik, ports: tcp(3000) }),
  ingress('web', { from: traefik, ports: tcp(3000) }),
  ingress('redis', { from: [pods('api'), pods('worker')], ports: tcp(6379) }),
];

function peer(name: string): Peer {
  return { kind: 'pods', namespace, labels: labels(name) };
}

function flow(from: string, to: string, port: number): Flow {
  return { name: `${from} -> ${to}:${port}`, from: peer(from), to: peer(to), protocol: 'TCP', port };
}

function outside(from: string, ...ports: number[]): Flow[] {
  const to: Peer = { kind: 'addresses', cidr: '0.0.0.0/0', except: privateRanges };
  return ports.map((port) => ({
    name: `${from} -> outside:${port}`,
    from: peer(from),
    to,
    protocol: 'TCP',
    port,
  }));
}

function fromTraefik(to: string, port: number): Flow[] {
  return flannelAddresses.map((cidr) => ({
    name: `traefik -> ${to}:${port}`,
    from: { kind: 'addresses', cidr, except: [] },
    to: peer(to),
    protocol: 'TCP',
    port,
  }));
}

export const declared: readonly Flow[] = [
  ...fromTraefik('api', 8000),
  ...fromTraefik('admin', 3000),
  ...fromTraefik('web', 3000),
  flow('api', 'redis', 6379),
  flow('worker', 'redis', 6379),
  flow('vmagent', 'api', 9090),
  ...outside('api', 443, 587, 5432),
  ...outside('worker', 443, 587, 5432),
  ...outside('migration', 5432),
  ...outside('web', 443),
  ...outside('vmagent', 443),
];
