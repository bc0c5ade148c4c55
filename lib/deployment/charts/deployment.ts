import { ApiObject, App, Chart } from 'cdk8s';
import { PropsError } from '../../constructs/props-error';
import { unresolvedMark } from '../../documents/unresolved';
import type { Model } from '../model/model';
import { ConfigChart } from './config';
import { IngressChart } from './ingress';
import { LimitsChart } from './limits';
import { NamespaceChart } from './namespace';
import { NetworkChart } from './network';
import { notesOf } from './notes';
import { RawChart } from './raw';
import { TraefikChart } from './traefik';
import { WorkloadChart, type WorkloadConstruct } from './workload';

/**
 * The cdk8s app of a deployment, with one chart for each file.
 *
 * @throws AggregateError with the PropsErrors of all charts
 */
export function deploymentApp(model: Model): App {
  const app = new App();
  const refused: PropsError[] = [];
  const attempt = (build: () => void) => {
    try {
      build();
    } catch (error) {
      if (!(error instanceof PropsError)) throw error;
      refused.push(error);
    }
  };
  const { edge } = model;
  new NamespaceChart(app, model);
  new ConfigChart(app, model);
  new LimitsChart(app, model);
  if (edge !== undefined) {
    attempt(() => new TraefikChart(app, model));
    attempt(() => new IngressChart(app, model, edge));
  }
  for (const name of Object.keys(model.raw)) new RawChart(app, model, name);
  const constructs = new Map<string, WorkloadConstruct>();
  for (const [name, workload] of model.workloads) {
    attempt(() => constructs.set(name, new WorkloadChart(app, model, name, workload).workload));
  }
  if (refused.length > 0) throw new AggregateError(refused, refused.map(({ message }) => message).join('\n'));
  new NetworkChart(app, model, constructs);
  for (const chart of app.node.children) if (Chart.isChart(chart)) refuseUnresolved(chart);
  return app;
}

/**
 * Adds an annotation with an invalid name to every object of a file that contains an unresolved value. The
 * API server refuses such objects, so an apply of the output changes nothing, even if synth ran without
 * `--strict`. Otherwise the placeholders would be applied, and the worker and Redis would stop.
 */
function refuseUnresolved(chart: Chart): void {
  if (notesOf(chart).unresolved.length === 0) return;
  for (const construct of chart.node.findAll()) {
    if (ApiObject.isApiObject(construct))
      construct.metadata.addAnnotation(unresolvedMark, 'see the top of this file');
  }
}
