import { toMatchFile } from 'jest-file-snapshot';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { production } from '../../support/production';
import {
  type FailureCase,
  failureCases,
  guaranteed,
  productionObjects,
  systemObjects,
  titleOf,
} from './failures/failure-cases';
import { FailureRun, type ObservedFailure, type RecordedFailure, worseThan } from './failures/failure-run';
import { observedFiles } from './foresight';
import { Controllers } from './nodes/controllers';
import { updatedRecord } from './record';
import { apply } from './servers/apply';
import { type Cluster, startCluster } from './servers/cluster';
import { neededSecrets } from './servers/needed-secrets';

expect.extend({ toMatchFile });

const cases = failureCases.map((each) => ({ ...each, title: titleOf(each) }));
const observed = new Map<string, RecordedFailure>();

let cluster: Cluster;
let failures: FailureRun;

beforeAll(async () => {
  cluster = await startCluster(drillFacts(production.model).nodes);
  const controllers = await Controllers.watch(cluster);
  const namespaces = productionObjects.filter(({ kind }) => kind === 'Namespace');
  const secrets = neededSecrets(productionObjects, production.model.namespace);
  const all = [...namespaces, ...secrets, ...productionObjects, ...systemObjects];
  expect(await apply(cluster, all)).toEqual({ server: 'accepted', words: '' });
  await controllers.settleOrThrow();
  failures = new FailureRun(cluster, controllers);
});

afterAll(() => cluster?.stop());

test.each(cases)('$title is no worse than guaranteed', async (each) => {
  const outcomes = guaranteed(each);
  const seen = await failures.play(each, outcomes);
  const worse = [...outcomes].flatMap(([name, outcome]) => {
    const found = seen.get(name);
    return found === undefined ? [] : worseThan(outcome, found).map((what) => `${name}: ${what}`);
  });
  const own = [...seen].find(([name]) => name.endsWith(`/${each.workload}`));
  if (own !== undefined) observed.set(each.title, recorded(each, own[1]));
  expect(worse).toEqual([]);
});

/** Without what depends on a moment: the most that run at once, and which pods a rollout has replaced already. */
function recorded(
  { kind }: FailureCase,
  { least, mostRunning: _, ...others }: ObservedFailure,
): RecordedFailure {
  return kind === 'node-lost-in-rollout' ? others : { least, ...others };
}

test('the record says what the servers did', () => {
  const names = cases.map(({ title }) => title);
  expect(updatedRecord(observedFiles.failures, names, observed)).toMatchFile(observedFiles.failures);
});
