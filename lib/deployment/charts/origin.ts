import type { KubernetesDocument } from '../../documents/kubernetes';
import type { Path } from '../../input/source';
import type { Model } from '../model/model';

/** Which key of a workload a field of its objects comes from; the first that fits. */
const keys: readonly (readonly [field: RegExp, key: readonly string[]])[] = [
  [/\.resources\b/, ['resources']],
  [/\.image$/, ['image']],
  [/\.(runAsUser|runAsGroup|fsGroup)$/, ['user']],
  [/\.startupProbe\b/, ['probes', 'startup']],
  [/\.readinessProbe\b/, ['probes', 'readiness']],
  [/\.livenessProbe\b/, ['probes', 'liveness']],
  [/\.(env|envFrom)\b/, ['environment']],
  [/\.command\b/, ['command']],
  [/\.nodeSelector\b/, ['nodeLabel']],
  [/\.(volumes|volumeMounts)\b/, ['scratch']],
  [/\.(containerPort|targetPort|port)$/, ['port']],
  [/^spec\.(minAvailable|maxUnavailable)$/, ['minAvailable']],
  [/^spec\.(minReplicas|maxReplicas|metrics)\b/, ['autoscaling']],
  [/^spec\.replicas$/, ['replicas']],
];

/** Which part of the configuration a chart without a workload is made from. */
const charts: Readonly<Record<string, string>> = {
  '0-namespace': 'namespace',
  '1-config': 'config',
  '1-ingress': 'edge',
  '1-limits': 'workloads',
  '1-traefik': 'edge',
  '1-network': 'workloads',
};

/**
 * Where in the configuration a prop comes from that a construct refuses.
 *
 * @param constructPath such as `3-api/api`, or `3-api/metrics` for what a workload has beside itself
 */
export function originOfProp({ workloads }: Model, constructPath: string, prop: Path): Path {
  const [chart = '', construct = ''] = constructPath.split('/');
  if (prop[0] === 'k3sVersion') return ['k3s'];
  if (prop[0] === 'trustedIPs') return ['cloudflare'];
  const names = [chart.replace(/^\d-/, ''), construct.replace(/^(route|denial|password-for)-/, '')];
  const found = workloads.find(([name]) => names.includes(name));
  if (found === undefined) return [charts[chart] ?? 'workloads'];
  const [name, workload] = found;
  if (construct === name) return ['workloads', name, ...prop];
  const own = [construct, ...prop].find((key) => typeof key === 'string' && key in workload);
  return ['workloads', name, ...(own === undefined ? [] : [own])];
}

/**
 * Where in the configuration a value of an object comes from, as near as that can be told.
 *
 * @param path in the object, such as `spec.replicas`
 */
export function originOf({ workloads }: Model, { constructPath }: KubernetesDocument, path: string): Path {
  const [chart = '', ...inside] = constructPath.split('/');
  const found = workloads.find(([name]) => inside.includes(name) && chart.endsWith(`-${name}`));
  if (found === undefined) return [charts[chart] ?? 'workloads'];
  const [name, workload] = found;
  const key = keys.find(([field, [first = '']]) => field.test(path) && first in workload)?.[1] ?? [];
  return ['workloads', name, ...key];
}
