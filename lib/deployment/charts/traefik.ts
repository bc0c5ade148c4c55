import { type App, Chart } from 'cdk8s';
import { MetricsService } from '../../constructs/metrics/metrics-service';
import { madeFrom } from '../../constructs/parts/provenance';
import { traefikPorts } from '../../constructs/ports';
import { TraefikConfig } from '../../constructs/traefik/traefik';
import type { Model } from '../model/model';
import { ingressJob } from '../model/scrape-targets';
import { chartProps } from './chart-props';
import { addUnresolved } from './notes';
import { setOrigin } from './origin';

/** The Helm values of the Traefik that k3s installs, which runs as a DaemonSet on the host network. */
export class TraefikChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '1-traefik', { ...chartProps(model), namespace: 'kube-system' });
    setOrigin(this, ['edge']);
    for (const value of model.unresolved) {
      if (value.path.startsWith('cloudflare.')) addUnresolved(this, value);
    }
    // A headless Service, so that the metrics agent finds the pods of Traefik, which have the addresses of
    // their nodes.
    if (model.metrics !== undefined) {
      new MetricsService(this, 'metrics', { workload: ingressJob, port: traefikPorts.metrics });
    }
    const props = { k3sVersion: model.k3s, trustedIPs: model.cloudflareRanges };
    const keys = { k3sVersion: ['k3s'], trustedIPs: ['cloudflareRanges'] };
    new TraefikConfig(this, 'traefik', madeFrom(props, model, keys));
  }
}
