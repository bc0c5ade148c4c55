import { App, Chart } from 'cdk8s';
import type { KubernetesObject } from '../../lib/documents/kubernetes';

/** The objects that `build` puts into a plain cdk8s chart, which has nothing to do with honeyDue. */
export function objectsOf(build: (chart: Chart) => void): KubernetesObject[] {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop', disableResourceNameHashes: true });
  build(chart);
  return chart.toJson() as KubernetesObject[];
}

/** The first object of a kind. */
export function ofKind(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const object = objects.find((candidate) => candidate.kind === kind);
  if (object === undefined)
    throw new Error(`no ${kind} among ${objects.map((each) => each.kind).join(', ')}`);
  return object;
}
