import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import type { Deployment } from '../../../lib/deployment/config/schema/schema';
import { complete, type SecretsCase, withSecrets } from '../../operations/secrets/secrets-of';
import { type ControlPlane, startControlPlane } from './servers/control-plane';
import { kubectlOrThrow } from './servers/kubectl';

let cluster: ControlPlane;
const variables = { KUBECONFIG: process.env['KUBECONFIG'], PATH: process.env['PATH'] };

beforeAll(async () => {
  cluster = await startControlPlane();
  process.env['KUBECONFIG'] = cluster.kubeconfig;
  process.env['PATH'] = `${dirname(cluster.kubectl)}:${variables.PATH}`;
  await kubectlOrThrow(cluster, ['create', 'namespace', 'honeydue']);
});

afterAll(async () => {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await cluster?.stop();
});

const redis = 'kubernetes/honeydue-secrets/REDIS_PASSWORD';
const revisions = ({ config }: SecretsCase) =>
  Object.entries((parse(readFileSync(config, 'utf8')) as Deployment).secrets).flatMap(
    ([name, { revision }]) => (revision === undefined ? [] : [[name, revision]]),
  );
const states = async ({ secrets }: SecretsCase) => {
  const { stdout, status } = await secrets('status', '--format', 'json');
  const found = JSON.parse(stdout) as { name: string; state: string }[];
  return [status, Object.fromEntries(found.map(({ name, state }) => [name, state]))];
};
const dataOf = async (name: string) => {
  const text = await kubectlOrThrow(cluster, ['get', 'secret', name, '-n', 'honeydue', '-o', 'json']);
  const { data, type } = JSON.parse(text) as { data: Record<string, string>; type: string };
  return {
    type,
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    ),
  };
};
const fileOf = (name: string, values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) => {
      const [section, secret, key = ''] = path.split('/');
      return section === 'kubernetes' && secret === name ? [[key, value]] : [];
    }),
  );

test('secrets of an operator who made some by hand, from the first apply to a rotation', () =>
  withSecrets(async (each) => {
    const { secrets, values } = each;
    const printed: string[] = [];
    const run = async (...args: string[]) => {
      const done = await secrets(...args);
      printed.push(done.stdout, done.stderr);
      return done;
    };
    await kubectlOrThrow(cluster, [
      ...['create', 'secret', 'generic', 'honeydue-secrets', '-n', 'honeydue'],
      ...['--from-literal=REDIS_PASSWORD=by-hand', '--from-literal=SMTP_PASSWORD=stays'],
    ]);
    expect(await states(each)).toEqual([
      1,
      {
        'honeydue-secrets': 'foreign',
        'honeydue-apns-key': 'missing',
        'honeydue-backup': 'missing',
        'gitea-credentials': 'missing',
        'cloudflare-origin-cert': 'missing',
      },
    ]);

    // What was made by hand has another manager, and is taken over when asked only.
    const refused = await run('apply', '--yes');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('.data.REDIS_PASSWORD');
    expect(refused.stderr).toContain('--force-conflicts takes over its values');
    expect(await run('apply', '--yes', '--force-conflicts')).toMatchObject({ status: 0, stderr: '' });
    for (const name of [
      'honeydue-secrets',
      'honeydue-apns-key',
      'honeydue-backup',
      'gitea-credentials',
      'cloudflare-origin-cert',
    ])
      expect((await dataOf(name)).data).toMatchObject(fileOf(name, complete));
    expect((await dataOf('honeydue-secrets')).data).toHaveProperty('SMTP_PASSWORD', 'stays');
    expect((await dataOf('cloudflare-origin-cert')).type).toBe('kubernetes.io/tls');
    expect((await dataOf('gitea-credentials')).type).toBe('kubernetes.io/dockerconfigjson');
    // Only the Secret that was there has readers that run.
    expect(revisions(each)).toEqual([
      ['honeydue-secrets', 2],
      ['honeydue-apns-key', 1],
    ]);
    expect(await states(each)).toEqual([
      0,
      expect.objectContaining({ 'honeydue-secrets': 'ours', 'honeydue-apns-key': 'ours' }),
    ]);
    const again = await run('apply');
    expect(again).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('all 5 Secrets have the values of the file.'),
    });

    await run('generate', '--rotate', 'honeydue-secrets.REDIS_PASSWORD');
    expect(await states(each)).toEqual([
      1,
      expect.objectContaining({ 'honeydue-secrets': 'differs', 'honeydue-backup': 'ours' }),
    ]);
    const plan = await run('apply', '--dry-run');
    expect(plan.stdout).toContain('server and clients must restart together (api, redis, worker)');
    expect(await run('apply', '--yes')).toMatchObject({ status: 0 });
    expect((await dataOf('honeydue-secrets')).data['REDIS_PASSWORD']).toBe((await values())[redis]);
    expect(revisions(each)).toEqual([
      ['honeydue-secrets', 3],
      ['honeydue-apns-key', 1],
    ]);

    const patch = JSON.stringify({ stringData: { REDIS_PASSWORD: 'by-hand-again' } });
    await new Promise((resolve) => setTimeout(resolve, 1100)); // Managed fields have seconds.
    await kubectlOrThrow(cluster, ['patch', 'secret', 'honeydue-secrets', '-n', 'honeydue', '-p', patch]);
    expect((await run('status')).stdout).toMatch(
      /honeydue\/honeydue-secrets +changed in the cluster by kubectl-patch, 20/,
    );

    const all = printed.join('');
    for (const value of [...Object.values(complete), ...Object.values(await values()), 'by-hand', 'stays'])
      expect([value, all.includes(value), all.includes(Buffer.from(value).toString('base64'))]).toEqual([
        value,
        false,
        false,
      ]);
  }));
