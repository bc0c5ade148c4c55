import { App } from 'cdk8s';
import { PropsError } from '../constructs/props-error';
import type { Model } from '../model/model';
import { ConfigChart } from './config';
import { IngressChart } from './ingress';
import { NamespaceChart } from './namespace';
import { NetworkChart } from './network';
import { TraefikChart } from './traefik';
import { WorkloadChart, type WorkloadConstruct } from './workload';

/**
 * The cdk8s app of a deployment: one chart a file.
 *
 * @throws AggregateError of PropsErrors: all that constructs refuse, of every workload at once
 */
export function deploymentApp(model: Model): App {
  const app = new App();
  new NamespaceChart(app, model);
  new ConfigChart(app, model);
  if (model.edge !== undefined) {
    new TraefikChart(app, model);
    new IngressChart(app, model, model.edge);
  }
  const constructs = new Map<string, WorkloadConstruct>();
  const refused: PropsError[] = [];
  for (const [name, workload] of model.workloads) {
    try {
      constructs.set(name, new WorkloadChart(app, model, name, workload).workload);
    } catch (error) {
      if (!(error instanceof PropsError)) throw error;
      refused.push(error);
    }
  }
  if (refused.length > 0) throw new AggregateError(refused, refused.map(({ message }) => message).join('\n'));
  new NetworkChart(app, model, constructs);
  return app;
}
