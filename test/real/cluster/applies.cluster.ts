import { toMatchFile } from 'jest-file-snapshot';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { production } from '../../support/production';
import { applyCases } from './applies';
import { observedFiles } from './foresight';
import { Controllers } from './nodes/controllers';
import { updatedRecord } from './record';
import { type Answered, answerOf } from './servers/apply';
import { type Cluster, startCluster } from './servers/cluster';
import { kubectl } from './servers/kubectl';

expect.extend({ toMatchFile });

const observed = new Map<string, Answered>();

let cluster: Cluster;

/** All bases first: what pods and volumes come to takes a moment. */
beforeAll(async () => {
  cluster = await startCluster(drillFacts(production.model).nodes);
  const controllers = await Controllers.watch(cluster);
  for (const { id, base } of applyCases) expect([id, await applyFile(base)]).toEqual([id, accepted]);
  await controllers.settle();
});

afterAll(() => cluster?.stop());

const accepted: Answered = { server: 'accepted', words: '' };

async function applyFile(path: string): Promise<Answered> {
  return answerOf(await kubectl(cluster, ['apply', '-f', path]));
}

test.each(applyCases)('$id is judged', async ({ id, head }) => {
  observed.set(id, await applyFile(head));
});

test('the record says what the server answered', () => {
  const names = applyCases.map(({ id }) => id);
  expect(updatedRecord(observedFiles.applies, names, observed)).toMatchFile(observedFiles.applies);
});
