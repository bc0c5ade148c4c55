import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Path } from '../../../lib/input/source';
import { loadAdopted } from '../../../lib/operations/adopt/adopt';
import { clusterResolvers } from '../../../lib/operations/adopt/cluster/resolvers';
import { RunningNamespace } from '../../../lib/operations/adopt/cluster/running-namespace';
import { type AdoptAnswer, isPathOf } from '../../../lib/operations/adopt/resolver';
import { canary, formsOf } from '../../support/canary';
import { edited, withConfiguration } from '../../support/configuration';
import { answer, withApi } from '../support/api-stand-in';
import { apiOf, podOf, runningObjects, secretsOf } from './running-objects';

interface Cluster {
  /** Edits the text of test/fixtures/running-objects.yaml. */
  readonly edit?: (text: string) => string;
  readonly pods?: readonly object[];
  readonly more?: Readonly<Record<string, object | number | string>>;
  readonly configuration?: (text: string) => string;
}

/** What the cluster answers for the value at a path. */
async function ask(path: Path, { edit, pods, more = {}, configuration }: Cluster = {}): Promise<AdoptAnswer> {
  const objects: readonly KubernetesObject[] = runningObjects(edit);
  const paths: Readonly<Record<string, unknown>> = { ...apiOf(objects, pods), ...more };
  const { deployment } = withConfiguration(configuration?.(edited([])) ?? edited([]), loadAdopted);
  return withApi(
    ({ url = '' }, response) => {
      const found = paths[url];
      if (typeof found === 'string') response.end(found);
      else if (typeof found === 'number') answer(response, { message: 'pods is forbidden' }, found);
      else answer(response, found ?? {}, found === undefined ? 404 : 200);
    },
    (client) => {
      const namespace = new RunningNamespace(client, 'honeydue', () => Promise.resolve(secretsOf(objects)));
      const resolver = clusterResolvers.find((each) => isPathOf(each.path, path));
      if (resolver === undefined) throw new Error(`no resolver of ${path.join('.')}`);
      return resolver.find({ path, deployment }, namespace);
    },
  );
}

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const without =
  (...names: string[]) =>
  (text: string) =>
    text
      .split('\n---\n')
      .filter((document) => !names.some((name) => document.includes(`name: ${name}, namespace`)))
      .join('\n---\n');
const withoutDigest = (text: string) => text.replaceAll(/@sha256:\d{64}/g, '');
const user = ['workloads', 'redis', 'user'];
const histogram = ['workloads', 'api', 'metrics', 'latencyHistogram'];
const apiPod = podOf('api', 'api-1', {});
const metrics = '/api/v1/namespaces/honeydue/pods/api-1:8000/proxy/api/metrics/';

/** A sidecar of api that reads a key of a Secret under another name, in the cluster and in the configuration. */
const sidecar: Cluster = {
  edit: (text) =>
    text.replace(
      '        - name: api\n          image:',
      `        - name: proxy
          image: redis:7-alpine
          env:
            - { name: PASSWORD, valueFrom: { secretKeyRef: { name: honeydue-secrets, key: REDIS_PASSWORD } } }
            - { name: LICENCE, valueFrom: { secretKeyRef: { name: honeydue-secrets, key: PROXY_KEY } } }
        - name: api
          image:`,
    ),
  configuration: (text) =>
    text.replace(
      '    image: api\n    replicas: 3\n',
      `    image: api
    replicas: 3
    sidecars:
      - name: proxy
        image: redis
        secrets: { honeydue-secrets: { keys: [REDIS_PASSWORD], others: { unresolved: ask } } }
        resources: { cpu: { request: 10m, limit: 10m }, memory: { request: 16Mi, limit: 16Mi } }
`,
    ),
};
const sidecarOthers = ['workloads', 'api', 'sidecars', 0, 'secrets', 'honeydue-secrets', 'others'];

describe('finds', () => {
  test.each<[string, Path, Cluster, readonly (readonly [string, unknown])[]]>([
    ['a tag', ['images', 'web', 'tag'], {}, [['images.web.tag', '9a1b2c3']]],
    ['a digest of a reference', ['images', 'web', 'digest'], {}, [['images.web.digest', digest('3')]]],
    [
      'a digest that nodes report',
      ['images', 'redis', 'digest'],
      {
        edit: withoutDigest,
        pods: [podOf('redis', 'redis-1', { imageID: `docker.io/library/redis@${digest('7')}` })],
      },
      [['images.redis.digest', digest('7')]],
    ],
    [
      'a digest that nodes report of a sidecar',
      ['images', 'redis', 'digest'],
      {
        edit: (text) => without('redis')(sidecar.edit?.(withoutDigest(text)) ?? ''),
        configuration: sidecar.configuration ?? String,
        pods: [
          {
            ...podOf('api', 'api-1', {}),
            status: {
              initContainerStatuses: [{ name: 'proxy', imageID: `docker.io/library/redis@${digest('7')}` }],
            },
          },
        ],
      },
      [['images.redis.digest', digest('7')]],
    ],
    [
      'a key of the ConfigMap',
      ['config', 'data', 'FEATURE_PUSH_ENABLED'],
      {},
      [['config.data.FEATURE_PUSH_ENABLED', 'true']],
    ],
    [
      'the other keys of the ConfigMap',
      ['config', 'others'],
      {},
      [
        ['config.data.POSTHOG_HOST', 'https://analytics.88oakapps.com'],
        ['config.data.SMTP_PORT', '587'],
        ['config.others', undefined],
      ],
    ],
    [
      'the other keys of a Secret that somebody reads',
      ['secrets', 'honeydue-secrets', 'others'],
      {},
      [
        ['secrets.honeydue-secrets.keys.SMTP_PASSWORD', 'read by api (found in the cluster)'],
        ['secrets.honeydue-secrets.keys.B2_KEY', 'read by api (found in the cluster)'],
        ['secrets.honeydue-secrets.keys.SMTP_PASSWORD', 'read by worker (found in the cluster)'],
        ['secrets.honeydue-secrets.keys.SMTP_PASSWORD', 'read by migration (found in the cluster)'],
        ['secrets.honeydue-secrets.keys.B2_KEY', 'read by migration (found in the cluster)'],
        ['secrets.honeydue-secrets.others', undefined],
      ],
    ],
    [
      'the variables of a workload, also under other names',
      ['workloads', 'api', 'secrets', 'honeydue-secrets', 'others'],
      {},
      [
        ['secrets.honeydue-secrets.keys.SMTP_PASSWORD', 'read by api (found in the cluster)'],
        ['secrets.honeydue-secrets.keys.B2_KEY', 'read by api (found in the cluster)'],
        ['workloads.api.environment.B2_APPLICATION_KEY', { compose: '$(B2_KEY)' }],
        ['workloads.api.secrets.honeydue-secrets.keys', 'B2_KEY'],
        ['workloads.api.secrets.honeydue-secrets.keys', 'SMTP_PASSWORD'],
        ['workloads.api.secrets.honeydue-secrets.others', undefined],
      ],
    ],
    [
      'the variables of a sidecar',
      sidecarOthers,
      sidecar,
      [
        ['secrets.honeydue-secrets.keys.PROXY_KEY', 'read by api (found in the cluster)'],
        ['workloads.api.sidecars.0.environment.LICENCE', { compose: '$(PROXY_KEY)' }],
        ['workloads.api.sidecars.0.secrets.honeydue-secrets.keys', 'PROXY_KEY'],
        ['workloads.api.sidecars.0.secrets.honeydue-secrets.others', undefined],
      ],
    ],
    [
      'variables of another Secret',
      ['workloads', 'worker', 'secrets', 'honeydue-secrets', 'others'],
      { edit: (text) => text.replaceAll('{ name: honeydue-secrets, key: SMTP', '{ name: mail, key: SMTP') },
      [
        ['secrets.mail.keys.SMTP_PASSWORD', 'read by worker (found in the cluster)'],
        ['workloads.worker.secrets.mail.keys', ['SMTP_PASSWORD']],
        ['workloads.worker.secrets.honeydue-secrets.others', undefined],
      ],
    ],
    [
      'the user that a container states',
      ['workloads', 'worker', 'user'],
      {},
      [['workloads.worker.user', 1000]],
    ],
    [
      'the user that a node reports',
      user,
      { pods: [podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } })] },
      [['workloads.redis.user', 999]],
    ],
    [
      'the files of a workload',
      ['workloads', 'worker', 'files'],
      {},
      [
        [
          'workloads.worker.files',
          {
            'apns-key': { secret: 'honeydue-apns-key', key: 'apns_auth_key.p8', directory: '/secrets/apns' },
          },
        ],
      ],
    ],
    [
      'that a workload mounts no Secret',
      ['workloads', 'worker', 'files'],
      { edit: (text) => text.replace('secret: { secretName: honeydue-apns-key } }]', 'emptyDir: {} }]') },
      [['workloads.worker.files', undefined]],
    ],
    [
      'the command of the migration',
      ['workloads', 'migration', 'command'],
      {},
      [['workloads.migration.command', ['/app/honeydue', 'migrate', 'up']]],
    ],
    [
      'the path that the agent writes to',
      ['metrics', 'writePath'],
      {},
      [['metrics.writePath', '/api/v1/write']],
    ],
    [
      "the token's Secret",
      ['metrics', 'token'],
      {},
      [
        ['metrics.token', { secret: 'metrics-token', key: 'token' }],
        ['secrets.metrics-token.keys.token', 'read by vmagent (found in the cluster)'],
      ],
    ],
    [
      'a token in a variable',
      ['metrics', 'token'],
      {
        edit: (text) =>
          text
            .replace(
              '-remoteWrite.bearerTokenFile=/secrets/metrics/token',
              '-remoteWrite.bearerToken=%{TOKEN}',
            )
            .replace(
              '          volumeMounts:\n            - { name: config',
              '          env: [{ name: TOKEN, valueFrom: { secretKeyRef: { name: obs, key: bearer } } }]\n          volumeMounts:\n            - { name: config',
            ),
      },
      [
        ['metrics.token', { secret: 'obs', key: 'bearer' }],
        ['secrets.obs.keys.bearer', 'read by vmagent (found in the cluster)'],
      ],
    ],
    [
      'the path of metrics',
      ['workloads', 'api', 'metrics', 'path'],
      {},
      [['workloads.api.metrics.path', '/api/metrics/']],
    ],
    [
      'the histogram of requests',
      histogram,
      {
        pods: [apiPod],
        more: {
          [metrics]:
            '# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le="1"} 2\ngo_gc_duration_seconds_bucket{le="1"} 1\n',
        },
      },
      [['workloads.api.metrics.latencyHistogram', 'http_request_duration_seconds']],
    ],
  ])('%s', async (_, path, cluster, expected) => {
    const answered = await ask(path, cluster);
    if (answered.kind !== 'found') throw new Error(answered.reason);
    expect(
      answered.edits.map((edit) => [edit.path.join('.'), edit.kind === 'remove' ? undefined : edit.value]),
    ).toEqual(expected);
  });
});

describe('says why it does not find', () => {
  test.each<[string, Path, Cluster, string, string]>([
    [
      'a workload that does not run',
      ['images', 'web', 'tag'],
      { edit: without('web') },
      'missing',
      'web does not run',
    ],
    [
      'another repository',
      ['images', 'web', 'tag'],
      { edit: (text) => text.replace('admin/honeydue-web:', 'other/web:') },
      'unusable',
      'deployment/web runs gitea.treytartt.com/other/web, but images.web.repository is gitea.treytartt.com/admin/honeydue-web',
    ],
    [
      'a tag where only a digest is stated',
      ['images', 'web', 'tag'],
      { edit: (text) => text.replace(':9a1b2c3@', '@') },
      'unusable',
      `deployment/web runs gitea.treytartt.com/admin/honeydue-web@${digest('3')} without a tag; set the tag that was pushed with this digest`,
    ],
    [
      'the digest of another tag',
      ['images', 'api', 'digest'],
      { edit: (text) => text.replace(':237c6b8@sha256:1', ':0000000@sha256:1') },
      'unusable',
      'deployment/api runs the tag 0000000, but images.api.tag is a different tag',
    ],
    [
      'a digest without a pod',
      ['images', 'redis', 'digest'],
      { edit: withoutDigest },
      'missing',
      'no pod of deployment/redis runs',
    ],
    [
      'digests of a rollout',
      ['images', 'web', 'digest'],
      {
        edit: withoutDigest,
        pods: ['3', '8'].map((digit) =>
          podOf('web', `web-${digit}`, {
            imageID: `gitea.treytartt.com/admin/honeydue-web@${digest(digit)}`,
          }),
        ),
      },
      'ambiguous',
      `there are several answers: ${digest('3')} (pod/web-3) or ${digest('8')} (pod/web-8)`,
    ],
    [
      'a sidecar',
      sidecarOthers,
      { ...sidecar, edit: (text) => text },
      'missing',
      'deployment/api has no container proxy',
    ],
    [
      'a ConfigMap',
      ['config', 'others'],
      { edit: without('honeydue-config') },
      'missing',
      'ConfigMap honeydue-config does not exist',
    ],
    [
      'a key of the ConfigMap',
      ['config', 'data', 'FEATURE_PUSH_ENABLED'],
      { edit: (text) => text.replace('  FEATURE_PUSH_ENABLED: "true"\n', '') },
      'missing',
      'ConfigMap honeydue-config has no key FEATURE_PUSH_ENABLED',
    ],
    [
      'a secret in the ConfigMap',
      ['config', 'others'],
      { edit: (text) => text.replace('  SMTP_PORT: "587"', '  SMTP_PASSWORD: SECRET') },
      'unusable',
      'SMTP_PASSWORD of ConfigMap honeydue-config looks like a secret (not shown), which must not be in the configuration; move it into a Secret, and list the key under secrets',
    ],
    [
      'a Secret',
      ['secrets', 'honeydue-secrets', 'others'],
      { edit: without('honeydue-secrets') },
      'missing',
      'Secret honeydue-secrets does not exist',
    ],
    [
      'a user',
      user,
      {},
      'missing',
      'deployment/redis sets no uid, and no node reports one; run kubectl exec -n honeydue deployment/redis -- stat -c %u /data/appendonlydir',
    ],
    [
      'a user that is root',
      user,
      { pods: [podOf('redis', 'redis-1', { user: { linux: { uid: 0 } } })] },
      'unusable',
      'deployment/redis runs as root (uid 0), which the namespace does not allow; set the user that owns the files of the workload (docs/adoption.md)',
    ],
    [
      'one user',
      user,
      {
        pods: [
          podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } }),
          podOf('redis', 'redis-2', { user: { linux: { uid: 1000 } } }),
        ],
      },
      'ambiguous',
      'there are several answers: 999 (pod/redis-1) or 1000 (pod/redis-2)',
    ],
    [
      'files of several keys',
      ['workloads', 'worker', 'files'],
      {
        edit: (text) =>
          text.replace('{ apns_auth_key.p8: SECRET }', '{ apns_auth_key.p8: SECRET, team: SECRET }'),
      },
      'unusable',
      'deployment/worker mounts 2 keys of Secret honeydue-apns-key at /secrets/apns; remove files, and add the volume under workloads.worker.volumes (docs/pod-fields.md)',
    ],
    [
      'a mounted Secret',
      ['workloads', 'worker', 'files'],
      { edit: without('honeydue-apns-key') },
      'missing',
      'deployment/worker mounts Secret honeydue-apns-key, which does not exist or has no key',
    ],
    [
      'a Job of a migration',
      ['workloads', 'migration', 'command'],
      { edit: without('migrate-237c6b8') },
      'missing',
      'no Job in the namespace runs gitea.treytartt.com/admin/honeydue-api',
    ],
    [
      'one command of migrations',
      ['workloads', 'migration', 'command'],
      {
        edit: (text) => {
          const job = text.split('\n---\n').find((each) => each.includes('migrate-237c6b8')) ?? '';
          return `${text}\n---\n${job.replace('migrate-237c6b8', 'migrate-2').replace('[up]', '[down]')}`;
        },
      },
      'ambiguous',
      'there are several answers: ["/app/honeydue","migrate","up"] (job/migrate-237c6b8) or ["/app/honeydue","migrate","down"] (job/migrate-2)',
    ],
    [
      'the program of a migration',
      ['workloads', 'migration', 'command'],
      { edit: (text) => text.replace('          command: [/app/honeydue, migrate]\n', '') },
      'unusable',
      "job/migrate-237c6b8 sets only arguments (up) for the image's program; set the program and the arguments",
    ],
    [
      'a secret in the command of a migration',
      ['workloads', 'migration', 'command'],
      { edit: (text) => text.replace('args: [up]', 'args: ["postgres://honeydue:pa55word@db/honeyDue"]') },
      'unusable',
      'job/migrate-237c6b8 has a secret in its command (not shown)',
    ],
    [
      'a write path with a query',
      ['metrics', 'writePath'],
      { edit: (text) => text.replace('/api/v1/write', '/api/v1/write?token=SECRET') },
      'unusable',
      'deployment/vmagent writes to a URL with a query string (not shown); a path has none',
    ],
    [
      'the metrics server',
      ['metrics', 'writePath'],
      { edit: (text) => text.replace('obs.88oakapps.com', 'other.example') },
      'unusable',
      'deployment/vmagent writes to other.example, but external.metrics.host is a different host',
    ],
    [
      'one write path',
      ['metrics', 'writePath'],
      {
        edit: (text) =>
          text.replace(
            '            - -remoteWrite.bearer',
            '            - -remoteWrite.url=https://obs.88oakapps.com/insert\n            - -remoteWrite.bearer',
          ),
      },
      'ambiguous',
      'there are several answers: /api/v1/write or /insert',
    ],
    [
      'a write path from a variable',
      ['metrics', 'writePath'],
      { edit: (text) => text.replace('https://obs.88oakapps.com/api/v1/write', '%{URL}') },
      'unusable',
      'deployment/vmagent takes -remoteWrite.url from a variable; read the path from the variable',
    ],
    [
      'a token as text',
      ['metrics', 'token'],
      {
        edit: (text) =>
          text.replace(
            '-remoteWrite.bearerTokenFile=/secrets/metrics/token',
            `-remoteWrite.bearerToken=${canary}`,
          ),
      },
      'unusable',
      'deployment/vmagent has its token in plain text (not shown); create a Secret with a new token, and revoke this token',
    ],
    [
      'a token',
      ['metrics', 'token'],
      {
        edit: (text) =>
          text.replace('            - -remoteWrite.bearerTokenFile=/secrets/metrics/token\n', ''),
      },
      'missing',
      'deployment/vmagent sends no bearer token',
    ],
    [
      'a job that scrapes the workload',
      ['workloads', 'api', 'metrics', 'path'],
      { edit: (text) => text.replace('regex: api }', 'regex: other }') },
      'missing',
      'no scrape job of ConfigMap vmagent-config selects api',
    ],
    [
      'one path of metrics',
      ['workloads', 'api', 'metrics', 'path'],
      { edit: (text) => text.replace('node:9100', 'api:8000') },
      'ambiguous',
      'there are several answers: /api/metrics/ (job pods) or /metrics (job node)',
    ],
    [
      'a scrape configuration that is YAML',
      ['workloads', 'api', 'metrics', 'path'],
      { edit: (text) => text.replace('    scrape_configs:\n', '    scrape_configs: [\n') },
      'unusable',
      'scrape.yml of ConfigMap vmagent-config is not YAML',
    ],
    [
      'metrics of a pod',
      histogram,
      { pods: [apiPod] },
      'missing',
      'pod/api-1:8000/api/metrics/ answers no metrics',
    ],
    [
      'one histogram',
      histogram,
      {
        pods: [apiPod],
        more: { [metrics]: 'http_a_seconds_bucket{le="1"} 2\nhttp_b_seconds_bucket{le="1"} 1\n' },
      },
      'ambiguous',
      'there are several answers: http_a_seconds or http_b_seconds',
    ],
    [
      'a histogram',
      histogram,
      { pods: [apiPod], more: { [metrics]: 'up 1\n' } },
      'missing',
      'pod/api-1:8000/api/metrics/ has no histogram of request durations',
    ],
    [
      'the user of the registry',
      ['cluster', 'registry', 'user'],
      {},
      'unusable',
      'the user is part of a value of Secret gitea-credentials, and adopt does not read values of Secrets',
    ],
  ])('%s', async (_, path, cluster, failure, reason) => {
    const answered = await ask(path, cluster);
    if (answered.kind === 'found') throw new Error(JSON.stringify(answered.edits));
    const { candidates = [] } = answered;
    const said = [answered.reason, ...(candidates.length === 0 ? [] : [candidates.join(' or ')])].join(': ');
    expect([answered.failure, said]).toEqual([failure, reason]);
    expect(formsOf(canary).filter((form) => said.includes(form))).toEqual([]);
  });
});

test('a refusal of the API server is an error that the engine turns into a reason', () =>
  expect(ask(user, { more: { '/api/v1/namespaces/honeydue/pods': 403 } })).rejects.toMatchObject({
    code: 403,
    message: 'pods is forbidden',
  }));
