import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { root } from '../../support/configuration';
import { withResolvedConfiguration } from '../../support/resolved';
import { type Cluster, manifestsOf, startCluster } from './servers/cluster';
import { kubectl, kubectlOrThrow } from './servers/kubectl';

const production = withResolvedConfiguration(synthesize);

/** The namespace is applied last (docs/adoption.md, step 4): what runs does not meet its level of Pod Security. */
const output = manifestsOf({ files: production.files.filter(({ path }) => !path.startsWith('0-namespace')) });
const handMade = readFileSync(join(root, 'test', 'fixtures', 'hand-made-objects.yaml'), 'utf8');

/** Redis with a probe of another kind than ours, which runs a command. */
const otherProbe = handMade.replace(
  'image: redis:7-alpine\n',
  'image: redis:7-alpine\n          livenessProbe: { tcpSocket: { port: 6379 } }\n',
);

const clientSide = ['apply', '-f', '-'];
const serverSide = ['apply', '--server-side', '--force-conflicts', '--field-manager=honeydue', '-f', '-'];

/** docs/adoption.md, step 3. */
const withoutRollingUpdate = '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}';

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(drillFacts(production.model).nodes);
});

afterAll(() => cluster?.stop());

beforeEach(async () => {
  await kubectlOrThrow(cluster, ['delete', 'namespace', 'honeydue', '--ignore-not-found', '--timeout=120s']);
});

async function adopt(by: readonly string[], over: readonly string[], live = handMade) {
  await kubectlOrThrow(cluster, over, live);
  return kubectl(cluster, by, output);
}

async function patchSingletons(): Promise<void> {
  for (const name of ['worker', 'redis'])
    await kubectlOrThrow(cluster, [
      ...['patch', 'deployment', name, '-n', 'honeydue', '--type=merge', '-p', withoutRollingUpdate],
    ]);
}

/** The names of the Deployments that an apply was refused for. */
function refused(stderr: string): string[] {
  return [...stderr.matchAll(/\bDeployment\S* "(\w+)" is invalid/g)].map(([, name = '']) => name).sort();
}

async function keysOfConfig(): Promise<string[]> {
  const text = await kubectlOrThrow(cluster, [
    ...['get', 'configmap', 'honeydue-config', '-n', 'honeydue', '-o', 'jsonpath={.data}'],
  ]);
  return Object.keys(JSON.parse(text));
}

describe('over objects that were applied', () => {
  test('a client-side apply takes all of it, and removes what is no longer stated', async () => {
    const { status, stderr } = await adopt(clientSide, clientSide);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await keysOfConfig()).not.toContain('HAND_MADE');
  });

  test('a client-side apply replaces a probe of another kind', async () => {
    const { status, stderr } = await adopt(clientSide, clientSide, otherProbe);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('a server-side apply is refused for what becomes Recreate', async () => {
    const { status, stderr } = await adopt(serverSide, clientSide);
    expect([status, refused(stderr)]).toEqual([1, ['redis', 'worker']]);
  });

  test('a server-side apply takes all of it after the patch, and removes what is no longer stated', async () => {
    await kubectlOrThrow(cluster, clientSide, handMade);
    await patchSingletons();
    const { status, stderr } = await kubectl(cluster, serverSide, output);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await keysOfConfig()).not.toContain('HAND_MADE');
  });

  test('a server-side apply is refused for a probe of another kind', async () => {
    await kubectlOrThrow(cluster, clientSide, otherProbe);
    await patchSingletons();
    const { status, stderr } = await kubectl(cluster, serverSide, output);
    expect([status, refused(stderr)]).toEqual([1, ['redis']]);
  });
});

describe('over objects that were created', () => {
  test('a client-side apply only adds', async () => {
    const { status } = await adopt(clientSide, ['create', '-f', '-']);
    expect(status).toBe(0);
    expect(await keysOfConfig()).toContain('HAND_MADE');
  });

  test('a server-side apply leaves for ever what we do not state', async () => {
    await kubectlOrThrow(cluster, ['create', '-f', '-'], handMade);
    await patchSingletons();
    for (let time = 1; time <= 2; time += 1) await kubectlOrThrow(cluster, serverSide, output);
    expect(await keysOfConfig()).toContain('HAND_MADE');
  });

  test('a client-side apply is refused for a probe of another kind', async () => {
    const { status, stderr } = await adopt(clientSide, ['create', '-f', '-'], otherProbe);
    expect([status, refused(stderr)]).toEqual([1, ['redis']]);
  });
});
