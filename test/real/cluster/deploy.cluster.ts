import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import { isSettled, makePlan } from '../../../lib/operations/plan/plan';
import { root } from '../../support/configuration';
import { withResolvedConfiguration } from '../../support/resolved';
import { connected, deployed, desiredOf } from './deploys/lane-deployer';
import { type Cluster, startCluster } from './servers/cluster';
import { kubectlOrThrow } from './servers/kubectl';
import { neededSecrets } from './servers/needed-secrets';

const production = withResolvedConfiguration(synthesize);
const desired = desiredOf(production);
const objects = desired.documents.map(({ object }) => object);
const handMade = readFileSync(join(root, 'test', 'fixtures', 'hand-made-objects.yaml'), 'utf8');

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(clusterNodes(production.model));
});

afterAll(() => cluster?.stop());

async function emptyCluster(): Promise<void> {
  await kubectlOrThrow(cluster, ['delete', 'namespace', 'honeydue', '--ignore-not-found', '--timeout=120s']);
  await kubectlOrThrow(cluster, ['delete', 'configmaps', '-n', 'kube-system', '-l', 'honeydue/deployment']);
}

async function giveSecrets(): Promise<void> {
  const items = neededSecrets(objects, 'honeydue');
  await kubectlOrThrow(
    cluster,
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
}

describe('a first deployment', () => {
  beforeAll(async () => {
    await emptyCluster();
    await kubectlOrThrow(cluster, ['create', 'namespace', 'honeydue']);
    await giveSecrets();
  });

  test('creates everything, awaits it and records revision 1', async () => {
    const outcome = await connected(cluster, (connection) => deployed(connection, desired));
    console.log(outcome.said.map(({ at, text }) => `${at} ${text}`).join('\n'));
    console.log(
      JSON.stringify(
        outcome.plan.objects.map(({ name, action, phase, result }) => [
          name,
          action,
          phase,
          result.kind === 'refused' ? result.message : result.kind,
        ]),
      ),
    );
    expect(outcome.diagnoses).toEqual([]);
    expect(outcome.revision).toMatchObject({ number: 1, state: 'deployed' });
  });

  test('a second plan has nothing to do', async () => {
    const plan = await connected(cluster, (connection) => makePlan(connection, desired));
    expect(
      plan.objects
        .filter(({ action }) => !['keep', 'skip'].includes(action))
        .map(({ name, action, live, result }) => [name, action, live, result]),
    ).toEqual([]);
    expect(isSettled(plan)).toBe(true);
    expect(plan.impact.consequences).toEqual([]);
  });
});

describe('over objects that were made by hand', () => {
  test.each([['apply'], ['create']])('by kubectl %s, it takes over their fields', async (verb) => {
    await emptyCluster();
    await kubectlOrThrow(cluster, [verb, '-f', '-'], handMade);
    await giveSecrets();
    const outcome = await connected(cluster, (connection) => deployed(connection, desired));
    console.log(outcome.said.map(({ at, text }) => `${at} ${text}`).join('\n'));
    console.log(
      JSON.stringify(
        outcome.plan.objects
          .filter(({ adoption }) => adoption)
          .map(({ name, action, adoption, result }) => [
            name,
            action,
            adoption?.managers,
            adoption?.removed,
            result.kind === 'refused' ? result.message : result.kind,
          ]),
      ),
    );
    expect(outcome.diagnoses).toEqual([]);
    const text = await kubectlOrThrow(cluster, [
      'get',
      'configmap',
      'honeydue-config',
      '-n',
      'honeydue',
      '-o',
      'json',
    ]);
    expect(Object.keys(JSON.parse(text).data)).not.toContain('HAND_MADE');
  });
});
