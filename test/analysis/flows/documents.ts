import { type AllowedConnection, analyse } from '../../../lib/analysis/flows/reachability';
import type { Flow, Peer } from '../../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Topology } from '../../../lib/documents/topology';

export const topology: Topology = {
  podCidr: '10.42.0.0/16',
  serviceCidr: '10.43.0.0/16',
  nodeSubnets: 16,
  nodeAddresses: ['178.104.247.152', '178.105.32.198', '178.104.249.189'],
};

export type Labels = Readonly<Record<string, string>>;

/** A workload whose pods have the label `app`, and what else is given. */
export function workload(
  name: string,
  {
    namespace = 'shop',
    labels = { app: name },
    kind = 'Deployment',
    pod = {},
    ports = [],
  }: WorkloadFields = {},
): KubernetesObject {
  const template = { metadata: { labels }, spec: { containers: [{ name, ports }], ...pod } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  if (kind !== 'Pod') return { apiVersion, kind, metadata: { name, namespace }, spec };
  return { apiVersion: 'v1', kind, metadata: { name, namespace, labels }, spec: template.spec };
}

interface WorkloadFields {
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly kind?: string;
  readonly pod?: { readonly [field: string]: Json };
  readonly ports?: readonly Json[];
}

export function policy(name: string, spec: Json, namespace = 'shop'): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function namespace(name: string, labels: Labels): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** The pods with the label `app`. */
export function app(...names: string[]): { [field: string]: Json } {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return { matchLabels: { app: only } };
  return { matchExpressions: [{ key: 'app', operator: 'In', values: names }] };
}

export const denyAll = policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

export function podPeer(name: string, namespace = 'shop'): Peer {
  return { kind: 'pods', namespace, labels: { app: name } };
}

export function addressPeer(cidr: string, ...except: string[]): Peer {
  return { kind: 'addresses', cidr, except };
}

export function flow(from: Peer, to: Peer, port: number, protocol: Flow['protocol'] = 'TCP'): Flow {
  const text = (peer: Peer): string => (peer.kind === 'pods' ? (peer.labels['app'] ?? 'pods') : peer.cidr);
  return { name: `${text(from)} -> ${text(to)}:${port}`, from, to, protocol, port };
}

/** What may connect, as `api -> redis: 6379 TCP`. */
export function connections(...objects: KubernetesObject[]): string[] {
  return analyse(objects, topology).connections.map(describeConnection);
}

/** The same for one end, by its name. */
export function connectionsFrom(name: string, ...objects: KubernetesObject[]): string[] {
  return analyse(objects, topology)
    .connections.filter(({ from }) => from.name === name)
    .map(describeConnection);
}

export function connectionsTo(name: string, ...objects: KubernetesObject[]): string[] {
  return analyse(objects, topology)
    .connections.filter(({ to }) => to.name === name)
    .map(describeConnection);
}

function describeConnection({ from, to, ports }: AllowedConnection): string {
  const isEvery = ports.length === 3 && ports.every((range) => range.from === 1 && range.to === 65535);
  const texts = ports.map(
    (range) => `${range.from === range.to ? range.from : `${range.from}-${range.to}`} ${range.protocol}`,
  );
  return `${from.name} -> ${to.name}: ${isEvery ? 'every port' : texts.join(', ')}`;
}
