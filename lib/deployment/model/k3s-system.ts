import type { JsonMap, KubernetesObject } from '../../documents/kubernetes';
import { hostnameLabel } from '../../kubernetes/scheduling/node';

/**
 * The workloads that k3s itself installs, without Traefik, for the drill. Each has one pod. The pods have the
 * default toleration, so they stay on a lost node for 300 s (k3s-io/k3s#3092, #14344). CoreDNS answers the
 * DNS queries of all pods.
 *
 * @see https://github.com/k3s-io/k3s/tree/v1.34.6%2Bk3s1/manifests coredns.yaml, metrics-server,
 *   local-storage.yaml
 */
export const k3sSystem: readonly KubernetesObject[] = [
  systemDeployment(
    'coredns',
    { maxUnavailable: 1 },
    {
      priorityClassName: 'system-cluster-critical',
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: hostnameLabel,
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'coredns' } },
        },
      ],
      containers: [
        {
          name: 'coredns',
          resources: { requests: { cpu: '100m', memory: '70Mi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 2 },
        },
      ],
    },
  ),
  systemDeployment(
    'metrics-server',
    { maxUnavailable: 0 },
    {
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'metrics-server',
          resources: { requests: { cpu: '100m', memory: '70Mi' } },
          readinessProbe: { httpGet: { path: '/readyz', port: 10250 }, periodSeconds: 2 },
        },
      ],
    },
  ),
  systemDeployment(
    'local-path-provisioner',
    {},
    { priorityClassName: 'system-node-critical', containers: [{ name: 'local-path-provisioner' }] },
  ),
];

function systemDeployment(name: string, rollingUpdate: JsonMap, spec: JsonMap): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  };
}
