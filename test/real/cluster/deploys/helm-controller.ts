import type { ApiClient, ServedObject } from '../servers/api-client';

interface ChartConfig extends ServedObject {
  readonly spec: object;
}

const charts = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts';
const jobs = '/apis/batch/v1/namespaces/kube-system/jobs';
const job = 'helm-install-traefik';

/**
 * Does what k3s' Helm controller does with the chart of Traefik: it replaces the Job of the chart whenever the values change
 * (pkg/controllers/chart/chart.go of helm-controller).
 */
export class HelmController {
  private values: string | undefined;

  private constructor(private readonly api: ApiClient) {}

  static async start(api: ApiClient): Promise<HelmController> {
    const controller = new HelmController(api);
    await api.send('POST', charts, {
      ...{ apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart', metadata: { name: 'traefik' } },
      spec: { chart: 'traefik' },
    });
    const path = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs';
    let configs: ReadonlyMap<string, ChartConfig> = new Map();
    configs = await api.list<ChartConfig>(path, () => controller.look(configs));
    await controller.look(configs);
    return controller;
  }

  private async look(configs: ReadonlyMap<string, ChartConfig>): Promise<void> {
    const config = [...configs.values()].find(({ metadata }) => metadata.name === 'traefik');
    const values = JSON.stringify(config?.spec);
    if (config === undefined || values === this.values) return;
    this.values = values;
    await this.api.send('DELETE', `${jobs}/${job}`, { propagationPolicy: 'Background' });
    await this.api.send('POST', jobs, {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: job } },
      spec: {
        backoffLimit: 1000,
        template: {
          metadata: { labels: { 'helmcharts.helm.cattle.io/chart': 'traefik' } },
          spec: {
            restartPolicy: 'OnFailure',
            containers: [{ name: 'helm', image: 'rancher/klipper-helm:v1' }],
          },
        },
      },
    });
  }
}
