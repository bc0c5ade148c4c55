import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { deploymentApp } from '../../../lib/deployment/charts/deployment';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { createModel } from '../../../lib/deployment/model/model';
import { kubernetesDocuments } from '../../../lib/deployment/synth/kubernetes';
import { fixtures, root } from '../../support/configuration';

/** The documents of a chart into which `build` puts objects, and what cdk8s makes of it. */
function both(build: (chart: Chart) => void): { documents: unknown; stock: unknown } {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop', labels: { team: 'sales' } });
  build(chart);
  const documents = kubernetesDocuments(app).flatMap((made) => made.documents);
  return { documents: documents.map(({ object }) => object), stock: chart.toJson() };
}

describe('documents are what cdk8s itself makes of the charts', () => {
  test.each([
    ['of the fixture', join(fixtures, 'production.yaml')],
    ['of production', join(root, 'config', 'production.yaml')],
  ])('%s', (_, path) => {
    const app = deploymentApp(createModel(loadConfiguration(path)));
    for (const { chart, documents } of kubernetesDocuments(app)) {
      expect(documents.map(({ object }) => object)).toEqual(chart.toJson());
    }
  });

  test('with a patch', () => {
    const { documents, stock } = both((chart) => {
      const config = new k8s.KubeConfigMap(chart, 'config', { data: { LEVEL: 'info' } });
      config.addJsonPatch(JsonPatch.replace('/data/LEVEL', 'debug'));
    });
    expect(documents).toEqual(stock);
    expect(documents).toMatchObject([{ data: { LEVEL: 'debug' } }]);
  });

  test('with metadata that was added later', () => {
    const { documents, stock } = both((chart) => {
      new k8s.KubeConfigMap(chart, 'config').metadata.addAnnotation('why', 'because');
    });
    expect(documents).toEqual(stock);
    expect(documents).toMatchObject([{ metadata: { annotations: { why: 'because' } } }]);
  });

  test('of a class that cdk8s did not generate', () => {
    const { documents, stock } = both((chart) => {
      new ApiObject(chart, 'any', { apiVersion: 'example.com/v1', kind: 'Any', spec: { size: 3 } });
    });
    expect(documents).toEqual(stock);
    expect(documents).toMatchObject([{ kind: 'Any', spec: { size: 3 } }]);
  });
});

test('charts are in the order of their files, and objects in that in which they were made', () => {
  const app = new App();
  for (const id of ['2-last', '1-first']) {
    const chart = new Chart(app, id);
    for (const name of ['b', 'a']) new k8s.KubeConfigMap(chart, name, { metadata: { name } });
  }
  const made = kubernetesDocuments(app);
  expect(made.map(({ file }) => file)).toEqual(['1-first.k8s.yaml', '2-last.k8s.yaml']);
  expect(made[0]?.documents.map(({ constructPath }) => constructPath)).toEqual(['1-first/b', '1-first/a']);
});
