import type { Json, KubernetesObject } from '../../../documents/kubernetes';
import { helmValues } from '../../../kubernetes/helm-values';
import type { Manifests } from '../../../kubernetes/manifests';

interface Values {
  readonly deployment?: { readonly kind?: string; readonly replicas?: number };
  readonly resources?: { readonly [field: string]: Json };
  readonly priorityClassName?: string;
  readonly updateStrategy?: { readonly [field: string]: Json };
  readonly hostNetwork?: boolean;
  readonly tolerations?: readonly Json[];
  readonly nodeSelector?: { readonly [label: string]: string };
}

/**
 * The workload that the Traefik chart of k3s creates from the values of its HelmChartConfig, with only the fields that
 * a drill needs. The chart's default is a Deployment with one pod and without requests.
 *
 * @see https://github.com/traefik/traefik-helm-chart/blob/v39.0.5/traefik/values.yaml
 */
export function traefikOf(manifests: Manifests): KubernetesObject[] {
  const config = manifests.of('HelmChartConfig').find(({ object }) => object.metadata.name === 'traefik');
  if (config === undefined) return [];
  const values = (helmValues(config.object) ?? {}) as Values;
  const kind = values.deployment?.kind ?? 'Deployment';
  const labels = { 'app.kubernetes.io/name': 'traefik' };
  const strategy = values.updateStrategy ?? {};
  const { resources = {}, priorityClassName, tolerations, nodeSelector, hostNetwork } = values;
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'traefik', namespace: config.object.metadata.namespace ?? 'kube-system' },
      spec: {
        ...(kind === 'DaemonSet'
          ? { updateStrategy: strategy }
          : { replicas: values.deployment?.replicas ?? 1, strategy }),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...(priorityClassName !== undefined && { priorityClassName }),
            ...(tolerations !== undefined && { tolerations }),
            ...(nodeSelector !== undefined && { nodeSelector }),
            ...(hostNetwork !== undefined && { hostNetwork }),
            containers: [
              { name: 'traefik', resources, readinessProbe: chartProbe, livenessProbe: chartProbe },
            ],
          },
        },
      },
    },
  ];
}

/** The chart's probe: GET /ping, first two seconds after the start, then every ten seconds. */
const chartProbe = { httpGet: { path: '/ping', port: 8080 }, initialDelaySeconds: 2, periodSeconds: 10 };
