import { appendFileSync } from 'node:fs';
import { apiOf, runningObjects, secretsOf } from './running-objects';
import { emptyCluster, withAdoptCase } from './stand-in-cluster';

const objects = runningObjects();
const api = apiOf(objects);

/** What a run says, and whether it wrote. */
async function said(setup: Parameters<typeof withAdoptCase>[0], ...args: string[]) {
  let result = { status: 0, stdout: '', stderr: '', isWritten: false };
  await withAdoptCase(setup, async ({ adopt, text }) => {
    const before = text('production.yaml');
    const run = await adopt(...args);
    result = { ...run, isWritten: text('production.yaml') !== before };
  });
  return result;
}

test('another cluster is refused by its nodes', async () => {
  const { status, stderr, isWritten } = await said(
    { api: { ...api, '/api/v1/nodes': { items: [{ metadata: { name: 'staging-1' } }] } } },
    '--yes',
  );
  expect([status, isWritten]).toEqual([1, false]);
  expect(stderr).toContain(
    'its nodes (staging-1) do not include ubuntu-8gb-nbg1-2, ubuntu-8gb-nbg1-1, ubuntu-8gb-nbg1-3, which the configuration has',
  );
  expect(stderr).toContain('Nothing was written.');
});

test('another cluster is refused by its uid', () =>
  withAdoptCase({ api }, async ({ adopt, directory }) => {
    appendFileSync(`${directory}/production.cluster.lock.yaml`, 'uid: other\n');
    const { status, stderr } = await adopt('--yes');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /another cluster: its uid is [0-9a-f-]+, but .*production\.cluster\.lock\.yaml has other\. Select the right context/,
    );
  }));

test('another minor version is refused', async () =>
  expect(
    (await said({ api: { ...api, '/version': { gitVersion: 'v1.35.9+k3s1' } } }, '--yes')).stderr,
  ).toContain('The cluster runs Kubernetes v1.35.9+k3s1, but the configuration sets v1.34'));

test('a cluster that refuses the token is a source that is missing', async () => {
  const { status, stdout } = await said({ api: { ...api, '/api/v1/nodes': 401 } }, '--dry-run');
  expect(stdout).toContain('Source not read: the cluster: forbidden: User "operator" cannot list');
  expect(status).toBe(0);
});

test('a list that is not allowed costs its own values only', async () => {
  const { stdout } = await said(
    { api: { ...api, '/api/v1/namespaces/honeydue/configmaps': 403 } },
    '--dry-run',
    '--verbose',
  );
  expect(stdout).toMatch(/config\.others, .*: the cluster: forbidden: User "operator" cannot list/);
  expect(stdout).toContain('+    tag: "9a1b2c3"');
});

test('Secrets that can not be listed cost their own values only', async () => {
  const { stdout } = await said(
    { api, secrets: 'Error from server (Forbidden): secrets is forbidden' },
    '--dry-run',
    '--verbose',
  );
  expect(stdout).toMatch(
    /secrets\.honeydue-secrets\.others, .*: the cluster: kubectl get secrets failed: Error from server \(Forbidden\)/,
  );
  expect(stdout).toContain('+    tag: "9a1b2c3"');
});

test('several answers are all printed, and the exit code is 1', async () => {
  const job = objects.find(({ kind }) => kind === 'Job');
  const other = JSON.parse(
    JSON.stringify(job).replaceAll('migrate-237c6b8', 'migrate-2').replace('"up"', '"down"'),
  );
  const { status, stdout, isWritten } = await said({ api: apiOf([...objects, other]) }, '--yes');
  expect([status, isWritten]).toEqual([1, true]);
  expect(stdout).toContain(
    'Ambiguous: workloads.migration.command: the cluster: there are several answers: ["/app/honeydue","migrate","up"] (job/migrate-237c6b8) or ["/app/honeydue","migrate","down"] (job/migrate-2)',
  );
});

test('an answer that the configuration refuses stays unresolved, with the reason', async () => {
  const bad = runningObjects((text) =>
    text.replace('FEATURE_PUSH_ENABLED: "true"', 'FEATURE_PUSH_ENABLED: "https://a.example "'),
  );
  const { stdout } = await said({ api: apiOf(bad) }, '--dry-run', '--verbose');
  expect(stdout).toContain(
    'config.data.FEATURE_PUSH_ENABLED: the cluster: has spaces or line breaks around the URL, which would become part of the URL; remove them',
  );
  expect(stdout).toContain('+    tag: "9a1b2c3"');
});

test('a key of a Secret that no workload reads is listed with the command that removes it', async () => {
  const secrets = secretsOf(objects)
    .map(({ name, keys }) => [name, 'Opaque', '', '', keys.join(' '), ''].join('\t'))
    .join('\n');
  const { stdout } = await said({ api, secrets }, '--dry-run', '--verbose');
  expect(stdout).toContain(
    'key OLD_TOKEN of Secret honeydue/honeydue-secrets, which no configured workload reads',
  );
  expect(stdout).toContain(
    `kubectl patch secret honeydue-secrets -n honeydue --type=json -p '[{"op":"remove","path":"/data/OLD_TOKEN"}]'`,
  );
});

test('nothing runs: nothing is filled in but the record of the cluster', async () => {
  const { stdout } = await said({ api: emptyCluster }, '--dry-run');
  expect(stdout).toContain('0 values found');
});
