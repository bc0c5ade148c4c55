import { toMatchFile } from 'jest-file-snapshot';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { productionOutput } from '../../analysis/impact/outputs';
import { production } from '../../support/production';
import { applicable, editCases } from './edits';
import { bringTo, type ObservedEdit, observeEdit } from './edits/edit-run';
import { observedFiles } from './foresight';
import { Controllers } from './nodes/controllers';
import { updatedRecord } from './record';
import { apply } from './servers/apply';
import { type Cluster, startCluster } from './servers/cluster';
import { neededSecrets } from './servers/needed-secrets';

expect.extend({ toMatchFile });

const cases = editCases();
const observed = new Map<string, ObservedEdit>();

let cluster: Cluster;
let controllers: Controllers;

/** What the servers hold now. */
let current = applicable(productionOutput);
const needed = neededSecrets(
  current.objects.map(({ object }) => object),
  production.model.namespace,
);

beforeAll(async () => {
  cluster = await startCluster(drillFacts(production.model).nodes);
  controllers = await Controllers.watch(cluster);
  const objects = current.objects.map(({ object }) => object);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  expect(await apply(cluster, [...namespaces, ...needed, ...objects])).toEqual({
    server: 'accepted',
    words: '',
  });
  await controllers.settleOrThrow();
});

afterAll(() => cluster?.stop());

test.each(cases)('$title', async (each) => {
  await bringTo(cluster, controllers, current, each.base);
  await apply(cluster, needed);
  current = each.head;
  observed.set(each.title, await observeEdit(cluster, controllers, each));
});

test('the record says what the servers did', () => {
  const text = updatedRecord(
    observedFiles.edits,
    cases.map(({ title }) => title),
    observed,
  );
  expect(text).toMatchFile(observedFiles.edits);
});
