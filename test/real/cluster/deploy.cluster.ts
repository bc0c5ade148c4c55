import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { digestOf } from '../../../lib/operations/plan/desired';
import { isUpToDate, makePlan } from '../../../lib/operations/plan/plan';
import { planDriftText } from '../../../lib/operations/plan/refusals';
import { planDrift, savePlan } from '../../../lib/operations/plan/saved-plan';
import { DeploymentLock } from '../../../lib/operations/revisions/lock';
import { RevisionStore } from '../../../lib/operations/revisions/revision-store';
import { root } from '../../support/configuration';
import { withResolvedConfiguration } from '../../support/resolved';
import { HelmController } from './deploys/helm-controller';
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
    const { diagnoses, revision } = await connected(cluster, (connection) => deployed(connection, desired));
    expect(diagnoses).toEqual([]);
    expect(revision).toMatchObject({ number: 1, state: 'deployed' });
  });

  test('a second plan has nothing to do', async () => {
    const plan = await connected(cluster, (connection) => makePlan(connection, desired));
    const written = plan.objects.filter(({ action }) => !['keep', 'skip'].includes(action));
    expect(written.map(({ name }) => name)).toEqual([]);
    expect(isUpToDate(plan)).toBe(true);
    expect(plan.impact.consequences).toEqual([]);
  });
});

describe('over objects that were made by hand', () => {
  test.each([['apply'], ['create']])('by kubectl %s, it takes over their fields', async (verb) => {
    await emptyCluster();
    await kubectlOrThrow(cluster, [verb, '-f', '-'], handMade);
    await giveSecrets();
    const { diagnoses, plan } = await connected(cluster, (connection) => deployed(connection, desired));
    expect(diagnoses).toEqual([]);
    const removed = plan.objects.flatMap(({ name, adoption }) =>
      (adoption?.removed ?? []).map((path) => `${name} ${path}`),
    );
    expect(removed).toEqual(['ConfigMap honeydue/honeydue-config data.HAND_MADE']);
    expect(Object.keys((await configData()) ?? {})).not.toContain('HAND_MADE');
    const again = await connected(cluster, (connection) => makePlan(connection, desired));
    expect(isUpToDate(again)).toBe(true);
  });
});

/** Production with another value of a key of the shared ConfigMap, and without one of its objects. */
const next = desiredOf(production, (object) => {
  if (object.kind === 'PodDisruptionBudget' && object.metadata.name === 'vmagent-pdb') return undefined;
  return isConfig(object) ? { ...object, data: { ...(object['data'] as object), EXTRA: 'public' } } : object;
});

function isConfig({ kind, metadata }: KubernetesObject): boolean {
  return kind === 'ConfigMap' && metadata.name === 'honeydue-config';
}

async function configData(): Promise<Readonly<Record<string, string>> | undefined> {
  const text = await kubectlOrThrow(cluster, [
    'get',
    'configmap',
    'honeydue-config',
    '-n',
    'honeydue',
    '-o',
    'json',
  ]);
  return (JSON.parse(text) as { data?: Record<string, string> }).data;
}

const prunes = { prune: { all: true, named: [] } };

describe('a change', () => {
  test('is deployed, and what is no longer described is deleted', async () => {
    const { diagnoses, revision, said } = await connected(cluster, (connection) =>
      deployed(connection, next, prunes),
    );
    expect([diagnoses, revision.state]).toEqual([[], 'deployed']);
    expect(said.map(({ text }) => text)).toContain('prune PodDisruptionBudget honeydue/vmagent-pdb');
    expect(await configData()).toMatchObject({ EXTRA: 'public' });
  });

  test('goes back by a rollback, which runs no Job', async () => {
    const old = await connected(cluster, async (connection) => {
      const [, target] = await new RevisionStore(connection.client, 'honeydue').list();
      const back = { ...desired, documents: target?.documents ?? [], skipsJobs: true };
      return deployed(connection, back, { rollbackTo: target?.number });
    });
    expect(old.diagnoses).toEqual([]);
    expect(old.revision.digest).toBe(digestOf(objects));
    expect(old.said.map(({ text }) => text).join()).not.toContain('Job');
    expect(Object.keys((await configData()) ?? {})).not.toContain('EXTRA');
  });
});

describe('an edit between plan and deploy', () => {
  test('is drift of the saved plan, with the field, the manager and the time', async () => {
    const saved = await connected(cluster, async (connection) =>
      savePlan(await makePlan(connection, next), 'uid'),
    );
    const patch = '{"data":{"API_URL":"https://other.example"}}';
    const how = [
      'patch',
      'configmap',
      'honeydue-config',
      '-n',
      'honeydue',
      '--field-manager=kubectl-edit',
      '-p',
      patch,
    ];
    await kubectlOrThrow(cluster, how);
    const plan = await connected(cluster, (connection) => makePlan(connection, next));
    expect(planDrift(saved, plan).map(planDriftText)).toEqual([
      expect.stringMatching(
        /^ConfigMap honeydue\/honeydue-config data\.API_URL: was changed by kubectl-edit at 20\S+Z$/,
      ),
    ]);
    const { drift } = plan.objects.find(({ desired: object }) => isConfig(object)) ?? {};
    expect(drift).toMatchObject([{ path: 'data.API_URL', manager: 'kubectl-edit', outcome: 'put back' }]);
  });

  test('no edit is no drift, though statuses change', async () => {
    const saved = await connected(cluster, async (connection) =>
      savePlan(await makePlan(connection, next), 'uid'),
    );
    await kubectlOrThrow(cluster, ['delete', 'pod', '-n', 'honeydue', '-l', 'app.kubernetes.io/name=web']);
    const plan = await connected(cluster, (connection) => makePlan(connection, next));
    expect(planDrift(saved, plan)).toEqual([]);
  });
});

test('two deployments at once: the second is refused, with the holder and the age', async () => {
  await connected(cluster, async (connection) => {
    const other = {
      holderIdentity: 'anna@laptop (process 1)',
      leaseDurationSeconds: 30,
      acquireTime: time(),
      renewTime: time(),
    };
    const lease = { metadata: { name: 'honeydue-deployment' }, spec: other };
    await connection.client.write(
      'POST',
      '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases',
      lease,
    );
    await expect(deployed(connection, next)).rejects.toThrow(
      /^Deployment honeydue has been locked by anna@laptop \(process 1\) for \d+ s\. .*--break-lock takes the lock now\.$/,
    );
    const lock = await DeploymentLock.acquire(connection.client, 'honeydue', { breaks: true });
    await lock.release();
  });
});

function time(): string {
  return new Date().toISOString().replace('Z', '000Z');
}

describe("the values of k3s' chart of Traefik", () => {
  const withValues = (mark: string) =>
    desiredOf(production, (object) => {
      if (object.kind !== 'HelmChartConfig') return object;
      const { valuesContent } = object['spec'] as { valuesContent: string };
      return {
        ...object,
        spec: { ...(object['spec'] as object), valuesContent: `${valuesContent}# ${mark}\n` },
      };
    });

  beforeAll(async () => {
    await HelmController.start(cluster.api);
  });

  afterEach(() => {
    cluster.nodes.faultOf = () => undefined;
  });

  test('are installed by a Job, which is awaited', async () => {
    const { diagnoses, said } = await connected(cluster, (connection) =>
      deployed(connection, withValues('first')),
    );
    expect(diagnoses).toEqual([]);
    const lines = said.map(({ text }) => text);
    expect(lines).toContain('available Job kube-system/helm-install-traefik');
  });

  test('that it can not install end the deployment, with the reason', async () => {
    cluster.nodes.faultOf = ({ spec }) =>
      spec.containers?.[0]?.name === 'helm' ? ['crash', 'values are wrong'] : undefined;
    const { diagnoses, revision } = await connected(cluster, (connection) =>
      deployed(connection, withValues('second')),
    );
    expect(revision.state).toBe('failed');
    expect(diagnoses).toMatchObject([
      { object: 'Job kube-system/helm-install-traefik', reasons: [{ code: 'crash', container: 'helm' }] },
    ]);
  });
});

test('a migration that fails ends the deployment before the workloads change', async () => {
  const broken = desiredOf(production, (object) => {
    const name = object.kind === 'Job' ? `${object.metadata.name}-x` : object.metadata.name;
    return isConfig(object)
      ? { ...object, data: { ...(object['data'] as object), AFTER: 'x' } }
      : { ...object, metadata: { ...object.metadata, name } };
  });
  cluster.nodes.faultOf = (pod) => (pod.spec.restartPolicy === 'Never' ? ['crash', ''] : undefined);
  const { diagnoses, revision, said } = await connected(cluster, (connection) =>
    deployed(connection, broken, { patience: 60_000 }),
  );
  cluster.nodes.faultOf = () => undefined;
  expect(revision).toMatchObject({ state: 'failed', migrations: [] });
  expect(diagnoses.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain('crash');
  expect(said.map(({ text }) => text)).not.toContain('phase: the workloads');
});
