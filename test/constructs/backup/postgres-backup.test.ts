import { PostgresBackup, type PostgresBackupProps } from '../../../lib/constructs/backup/postgres-backup';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const key = (name: string) => ({ secret: { name: 'shop-backup', revision: 1 }, key: name });

const props: PostgresBackupProps = {
  images: {
    postgres: `postgres:17-alpine@${digest}`,
    age: `jauderho/age:v1@${digest}`,
    rclone: `rclone/rclone:1@${digest}`,
    curl: `curlimages/curl:8@${digest}`,
  },
  resources: { cpu: { request: '50m', limit: '1' }, memory: { request: '64Mi', limit: '256Mi' } },
  schedule: '17 3 * * *',
  database: { host: 'db.example.com', name: 'shop', user: 'backup', password: key('POSTGRES_PASSWORD') },
  minimumBytes: 100_000,
  sizeLimit: '5Gi',
  publicKey: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  bucket: {
    name: 'shop-backups',
    endpoint: 'https://s3.us-east-005.backblazeb2.com',
    region: 'us-east-005',
    keyId: key('B2_KEY_ID'),
    key: key('B2_KEY'),
  },
  metrics: { url: 'https://metrics.example.com/api/v1/import/prometheus', token: key('PUSH_TOKEN') },
};

type Change = Partial<PostgresBackupProps>;
type Json = Record<string, unknown>;

const build = (more: Change = {}) =>
  objectsOf((chart) => new PostgresBackup(chart, 'backup', { ...props, ...more }));
const spec = (more?: Change) => at(ofKind(build(more), 'CronJob'), 'spec') as Json;
const pod = (more?: Change) => at(spec(more), 'jobTemplate.spec.template.spec') as Json;
const containers = (more?: Change) =>
  ['initContainers', 'containers'].flatMap((list) => at(pod(more), list) as Json[]);
const step = (name: string, more?: Change) => containers(more).find((each) => each['name'] === name);
const database = (more: Partial<PostgresBackupProps['database']>): Change => ({
  database: { ...props.database, ...more },
});
const bucket = (more: Partial<PostgresBackupProps['bucket']>): Change => ({
  bucket: { ...props.bucket, ...more },
});

describe('PostgresBackup', () => {
  test('is what the API server takes', () => {
    expect(build().flatMap((object) => checkSchema(object))).toEqual([]);
  });

  test('runs at its hour in UTC', () => {
    expect(spec()).toMatchObject({ schedule: '17 3 * * *', timeZone: 'Etc/UTC' });
  });

  test('never overlaps: not with the night before, and not with its own last attempt', () => {
    expect(spec()['concurrencyPolicy']).toBe('Forbid');
    expect(at(spec(), 'jobTemplate.spec.podReplacementPolicy')).toBe('Failed');
  });

  test('makes up for a night that was slept through, for an hour', () => {
    expect(spec()['startingDeadlineSeconds']).toBe(3600);
  });

  test('ends: it is tried three times, for an hour, and never restarted in place', () => {
    expect(at(spec(), 'jobTemplate.spec')).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 3600 });
    expect(pod()['restartPolicy']).toBe('Never');
  });

  test('takes another deadline', () => {
    expect(at(spec({ deadlineSeconds: 60 }), 'jobTemplate.spec.activeDeadlineSeconds')).toBe(60);
  });

  test('keeps the logs of three failures and one success', () => {
    expect(spec()).toMatchObject({ failedJobsHistoryLimit: 3, successfulJobsHistoryLimit: 1 });
  });

  test('reports a success only after every other step', () => {
    expect((pod()['initContainers'] as Json[]).map((each) => each['name'])).toEqual([
      'dump',
      'verify',
      'encrypt',
      'upload',
    ]);
    expect((pod()['containers'] as Json[]).map((each) => each['name'])).toEqual(['report']);
  });

  test('runs each step in the image that has its program', () => {
    const { postgres, age, rclone, curl } = props.images;
    expect(containers().map((each) => each['image'])).toEqual([postgres, postgres, age, rclone, curl]);
  });

  test('meets Pod Security "restricted" as a user that no image has', () => {
    expect(pod()['securityContext']).toEqual({
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      fsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const each of containers()) {
      expect(each['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('bounds every step and every volume', () => {
    for (const each of containers()) {
      expect(each['resources']).toEqual({
        requests: { cpu: '50m', memory: '64Mi' },
        limits: { cpu: '1', memory: '256Mi' },
      });
    }
    expect(pod()['volumes']).toEqual([
      { name: 'plain', emptyDir: { sizeLimit: '5Gi' } },
      { name: 'sealed', emptyDir: { sizeLimit: '5Gi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
    ]);
  });

  test('gives every step a home that it can write to', () => {
    for (const each of containers()) {
      expect(each['env']).toContainEqual({ name: 'HOME', value: '/tmp' });
      expect(each['volumeMounts']).toContainEqual({ name: 'tmp', mountPath: '/tmp' });
    }
  });

  test('shows the dump in the clear to no step that talks to the outside', () => {
    const seen = Object.fromEntries(
      containers().map((each) => [
        each['name'],
        (each['volumeMounts'] as Json[])
          .filter(({ name }) => name !== 'tmp')
          .map(({ name, readOnly }) => (readOnly === true ? `reads ${name}` : `writes ${name}`)),
      ]),
    );
    expect(seen).toEqual({
      dump: ['writes plain'],
      verify: ['reads plain'],
      encrypt: ['reads plain', 'writes sealed'],
      upload: ['reads sealed'],
      report: ['reads sealed'],
    });
  });

  test('gives each secret to the one step that needs it, by its environment', () => {
    const secrets = containers().flatMap((each) =>
      (each['env'] as Json[])
        .filter(({ valueFrom }) => valueFrom !== undefined)
        .map(({ name, valueFrom }) => [each['name'], name, at(valueFrom, 'secretKeyRef.key')]),
    );
    expect(secrets).toEqual([
      ['dump', 'PGPASSWORD', 'POSTGRES_PASSWORD'],
      ['upload', 'RCLONE_S3_ACCESS_KEY_ID', 'B2_KEY_ID'],
      ['upload', 'RCLONE_S3_SECRET_ACCESS_KEY', 'B2_KEY'],
      ['report', 'PUSH_TOKEN', 'PUSH_TOKEN'],
    ]);
  });

  test('talks to Postgres only where the certificate names the host', () => {
    const env = step('dump')?.['env'];
    expect(env).toContainEqual({ name: 'PGSSLMODE', value: 'verify-full' });
    expect(env).toContainEqual({ name: 'PGSSLROOTCERT', value: '/etc/ssl/certs/ca-certificates.crt' });
    expect(env).toContainEqual({ name: 'PGHOST', value: 'db.example.com' });
    expect(env).toContainEqual({ name: 'PGPORT', value: '5432' });
  });

  test('takes another port', () => {
    expect(step('dump', database({ port: 6432 }))?.['env']).toContainEqual({ name: 'PGPORT', value: '6432' });
  });

  test('asks the bucket for nothing but to write', () => {
    const env = step('upload')?.['env'];
    expect(env).toContainEqual({ name: 'RCLONE_S3_NO_CHECK_BUCKET', value: 'true' });
    expect(env).toContainEqual({ name: 'RCLONE_S3_NO_HEAD', value: 'true' });
    expect(String(step('upload')?.['command'])).toContain('--multi-thread-streams 0');
  });

  test('has scripts that Kubernetes hands on as they are: nothing in them is its own $(NAME) or $$', () => {
    for (const each of containers()) {
      const names = (each['env'] as Json[]).map(({ name }) => `$(${name})`);
      for (const word of each['command'] as string[]) {
        for (const text of ['$$', ...names]) expect(word).not.toContain(text);
      }
    }
  });

  test('is labelled as a backup, pods too', () => {
    const labels = { 'app.kubernetes.io/name': 'backup', 'app.kubernetes.io/component': 'backup' };
    expect(ofKind(build(), 'CronJob').metadata.labels).toEqual(labels);
    expect(at(spec(), 'jobTemplate.spec.template.metadata.labels')).toEqual(labels);
  });

  test('has an account of its own, without a token', () => {
    expect(ofKind(build(), 'ServiceAccount')).toMatchObject({
      metadata: { name: 'backup' },
      automountServiceAccountToken: false,
    });
    expect(pod()).toMatchObject({ serviceAccountName: 'backup', automountServiceAccountToken: false });
  });

  test.each(['*/15 * * * *', '0 3 1,15 * mon-fri', '5 0-23/2 * JAN *', '59 23 31 12 6'])(
    'takes the schedule %j',
    (schedule) => {
      expect(spec({ schedule })['schedule']).toBe(schedule);
    },
  );

  test.each([
    '17 3 * *',
    '17 3 * * * *',
    'TZ=UTC 17 3 * * *',
    'CRON_TZ=UTC 17 3 * * *',
    '@daily',
    '60 3 * * *',
    '17 24 * * *',
    '17 3 0 * *',
    '17 3 * 13 *',
    '17 3 * * 7',
    '17 3 * * *\n',
    '1- 3 * * *',
  ])('refuses the schedule %j', (schedule) => {
    expect(() => build({ schedule })).toThrow(
      `shop/backup.schedule is ${JSON.stringify(schedule)}; it must be five fields such as "17 3 * * *", in UTC, without TZ=`,
    );
  });

  test("refuses Neon's pooler, which gives pg_dump no session of its own", () => {
    expect(() => build(database({ host: 'ep-some-name-123-pooler.us-east-1.aws.neon.tech' }))).toThrow(
      'shop/backup.database.host is "ep-some-name-123-pooler.us-east-1.aws.neon.tech"; it must be the host of the server itself, without "-pooler": pg_dump needs its own session',
    );
  });

  test('takes a host that is only called like a pooler elsewhere', () => {
    expect(() => build(database({ host: 'db.the-pooler.example.com' }))).not.toThrow();
  });

  test.each([
    '',
    'postgres://db.example.com',
    'backup@db.example.com',
    'db.example.com:5432',
    '/run/postgresql',
  ])('refuses the host %j', (host) => {
    expect(() => build(database({ host }))).toThrow(
      `shop/backup.database.host is ${JSON.stringify(host)}; it must be a host name, without scheme, user and port`,
    );
  });

  test.each(['', 'shop"} 1', 'shop/prod', 'dbname=shop'])('refuses the database %j', (name) => {
    expect(() => build(database({ name }))).toThrow(
      `shop/backup.database.name is ${JSON.stringify(name)}; it must be letters, digits, "_" and "-"`,
    );
  });

  test.each(['', 'ab', 'b2://shop', 'shop/backups', `b${'x'.repeat(63)}`])(
    'refuses the bucket %j',
    (name) => {
      expect(() => build(bucket({ name }))).toThrow(
        `shop/backup.bucket.name is ${JSON.stringify(name)}; it must be 3 to 63 characters: letters, digits, "." and "-"`,
      );
    },
  );

  test.each(['http://s3.example.com', 's3.example.com', 'https://s3.example.com/shop'])(
    'refuses the endpoint %j',
    (endpoint) => {
      expect(() => build(bucket({ endpoint }))).toThrow(
        `shop/backup.bucket.endpoint is "${endpoint}"; it must be https:// and a host, without a path`,
      );
    },
  );

  test.each([
    'http://metrics.example.com/push',
    'https://metrics.example.com',
    'https://me:x@metrics.example.com/',
  ])('refuses to push to %j', (url) => {
    expect(() => build({ metrics: { ...props.metrics, url } })).toThrow(
      `shop/backup.metrics.url is "${url}"; it must be an https:// URL with a path and without a user, because a token is sent to it`,
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %p bytes as the least of a dump', (minimumBytes) => {
    expect(() => build({ minimumBytes })).toThrow(
      `shop/backup.minimumBytes is ${minimumBytes}; it must be a whole number above 0`,
    );
  });

  test.each(['5 GB', '0', '100k'])('refuses %j as the size of its volumes', (sizeLimit) => {
    expect(() => build({ sizeLimit })).toThrow(
      `shop/backup.sizeLimit is "${sizeLimit}"; it must be a Kubernetes quantity above minimumBytes, such as 5Gi`,
    );
  });

  test.each([
    '',
    'age1',
    'ssh-ed25519 AAAA',
    props.publicKey.toUpperCase(),
    props.publicKey.replace('q', 'b'),
    `${props.publicKey}\n`,
    `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
  ])('refuses %j as the public key', (publicKey) => {
    expect(() => build({ publicKey })).toThrow(
      'shop/backup.publicKey must be an age public key: "age1" and 58 letters and digits, as age-keygen prints it after "public key:"; a private key must not be in the cluster',
    );
  });

  test('does not print a private key that was given as the public one', () => {
    expect(() => build({ publicKey: `AGE-SECRET-KEY-1${'Q'.repeat(58)}` })).not.toThrow('QQQ');
  });

  test('refuses a name that leaves no room for the time that its Jobs are called after', () => {
    expect(() => build({ name: 'b'.repeat(53) })).toThrow('at most 52 characters');
    expect(ofKind(build({ name: 'b'.repeat(52) }), 'CronJob').metadata.name).toHaveLength(52);
  });

  test('names everything that is wrong at once, and makes nothing', () => {
    expect(() => build({ schedule: '@daily', minimumBytes: 0, publicKey: '' })).toThrow(
      /schedule is .*\n.*minimumBytes is .*\n.*publicKey must be /,
    );
  });
});
