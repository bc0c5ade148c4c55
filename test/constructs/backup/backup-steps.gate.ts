import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { PostgresBackupProps } from '../../../lib/constructs/backup/postgres-backup';
import { root } from '../../support/configuration';
import { available, PATH } from '../../support/programs';
import { BackupPod, type Outcome, runProgram } from './backup-pod';
import { BackupServers, Bucket, everybodysArguments, MetricsServer } from './backup-servers';

/**
 * The very commands and variables of the manifest, under real programs: Postgres, pg_dump, pg_restore, age,
 * rclone and curl. Only paths, hosts and ports are others. PGSSLMODE stays `verify-full`, since this Postgres
 * has TLS: where the manifest names the image's authorities stands the tests' own. Bucket and metrics server
 * are stand-ins.
 */
const programs = ['initdb', 'pg_ctl', 'pg_dump', 'psql', 'age', 'age-keygen', 'rclone', 'curl', 'openssl'];
const real = programs.every(available) ? describe : describe.skip;
const shells = ['sh', 'busybox'].filter(available);

/**
 * What the Secret holds, each with a word by which it is found wherever it leaks to, and by which no other
 * is.
 */
const canary = randomUUID();
const secrets = {
  POSTGRES_PASSWORD: `${canary} a"b'c\\d $(e) \`f\``,
  B2_KEY_ID: `005-${canary}`,
  B2_KEY: `K005/${canary}+of+the+bucket`,
  PUSH_TOKEN: `${canary}_~+/=`,
};
const leaks = (text: string) => text.split('\n').filter((line) => line.includes(canary));
const key = (name: keyof typeof secrets) => ({ secret: { name: 'shop-backup' }, key: name });

const bucket = new Bucket(secrets.B2_KEY_ID);
const metrics = new MetricsServer(secrets.PUSH_TOKEN);
let servers: BackupServers;
let bucketUrl: string;
let identity: string;
let props: PostgresBackupProps;

/** One night: what each step said, and what the servers saw. */
let night: {
  pod: BackupPod;
  outcomes: Outcome[];
  requests: string[];
  object: Buffer;
  seen: string[];
  pushed: string[];
};
let pod: BackupPod;

beforeAll(async () => {
  if (real === describe.skip) return;
  servers = new BackupServers();
  identity = join(servers.directory, 'private.key');
  execFileSync('age-keygen', ['-o', identity], { stdio: 'ignore' });
  const port = await servers.startPostgres(secrets.POSTGRES_PASSWORD);
  bucketUrl = await servers.serve(bucket);
  props = {
    images: { postgres: 'postgres', age: 'age', rclone: 'rclone', curl: 'curl' },
    resources: { cpu: { request: '50m', limit: '1' }, memory: { request: '64Mi', limit: '256Mi' } },
    schedule: '17 3 * * *',
    database: { host: 'localhost', port, name: 'shop', user: 'backup', password: key('POSTGRES_PASSWORD') },
    minimumBytes: 1000,
    sizeLimit: '1Gi',
    publicKey: /public key: (\S+)/.exec(readFileSync(identity, 'utf8'))?.[1] ?? '',
    bucket: {
      ...{ name: 'shop-backups', endpoint: bucketUrl, region: 'us-east-005' },
      ...{ keyId: key('B2_KEY_ID'), key: key('B2_KEY') },
    },
    metrics: {
      url: `${await servers.serve(metrics)}/api/v1/import/prometheus`,
      cluster: 'shop',
      token: key('PUSH_TOKEN'),
    },
  };
  const name = `CASE id WHEN 7 THEN 'Ada' ELSE md5(id::text) END AS name`;
  const rows = `SELECT id, ${name} FROM generate_series(1, 2000) id`;
  servers.sql('postgres', 'CREATE DATABASE shop', 'CREATE DATABASE empty', 'CREATE DATABASE secretive');
  servers.sql('shop', `CREATE TABLE items AS ${rows}`, 'GRANT SELECT ON items TO backup');
  servers.sql('secretive', 'CREATE TABLE hidden AS SELECT 1 AS one');
  pod = new BackupPod(servers, props, secrets);
  const outcomes = await runAll('sh');
  const [object = Buffer.of()] = bucket.objects.values();
  const requests = [...bucket.requests];
  night = {
    pod,
    outcomes,
    requests,
    object,
    seen: [...servers.seenWhileAnswering],
    pushed: [...metrics.pushed],
  };
});

afterAll(() => servers?.stop());

beforeEach(() => {
  if (real === describe.skip) return;
  pod = new BackupPod(servers, props, secrets);
  metrics.pushed.length = 0;
  metrics.status = 204;
});

async function runAll(shell: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name } of pod.containers()) outcomes.push(await pod.run(name, { shell }));
  return outcomes;
}

real('the steps of a backup', () => {
  test('succeed one after another', () => {
    expect(night.outcomes).toEqual([
      { code: 0, output: '' },
      { code: 0, output: `the dump is complete: ${statSync(night.pod.dump).size} bytes\n` },
      { code: 0, output: '' },
      { code: 0, output: expect.stringMatching(/^uploaded shop-backups\/shop-[^/]*\.dump\.age\n$/) },
      { code: 0, output: expect.stringContaining(night.pushed[0] ?? 'a push') },
    ]);
  });

  test('ask the bucket for one thing: to take an object that is called after the second', () => {
    expect(night.requests).toEqual([
      expect.stringMatching(
        /^PUT \/shop-backups\/shop-\d{4}-\d\d-\d\dT\d{6}Z\.dump\.age(\?x-id=PutObject)?$/,
      ),
    ]);
  });

  test('leave an object that only the private key opens', () => {
    expect(night.object.toString('latin1', 0, 21)).toBe('age-encryption.org/v1');
    expect(night.object.includes('PGDMP')).toBe(false);
    expect(readFileSync(night.pod.sealed).equals(night.object)).toBe(true);
  });

  test('leave an object that the commands of docs/restore.md bring back', async () => {
    const text = readFileSync(join(root, 'docs', 'restore.md'), 'utf8');
    const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block).join('');
    const env = {
      ...{ ...servers.operator, ...servers.trust, HOME: servers.directory },
      ...{ RCLONE_CONFIG: '', RCLONE_S3_PROVIDER: 'Other' },
      ...{ RCLONE_S3_ENDPOINT: bucketUrl, RCLONE_S3_REGION: 'us-east-005' },
      ...{ RCLONE_S3_ACCESS_KEY_ID: 'reader', RCLONE_S3_SECRET_ACCESS_KEY: 'reading' },
      ...{ BUCKET: 'shop-backups', IDENTITY: identity },
    };
    const cwd = mkdtempSync(join(servers.directory, 'operator-'));
    expect(await runProgram('sh', ['-euc', commands], { env, cwd })).toEqual({
      code: 0,
      output: expect.stringMatching(/items +\| +2000\n/),
    });
    const all = 'SELECT md5(string_agg(i::text, chr(10) ORDER BY id)) FROM items i';
    expect(servers.sql('restored', all)).toBe(servers.sql('shop', all));
    expect(servers.sql('restored', 'SELECT name FROM items WHERE id = 7')).toBe('Ada\n');
    expect(readdirSync(cwd)).toEqual(['postgres.dump.age']);
  });

  test('tell when the last success was and how large its object is', () => {
    const sample = '{cluster="shop",database="shop",job="backup"} (\\d+)\n';
    const lines = `^postgres_backup_last_success_timestamp_seconds${sample}postgres_backup_size_bytes${sample}$`;
    const [, time, size] = new RegExp(lines).exec(night.pushed[0] ?? '') ?? [];
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
    expect(Number(size)).toBe(night.object.length);
  });

  test('keep every secret out of all arguments, outputs and files', async () => {
    const duringDump = await argumentsDuringDump();
    const [duringUpload, duringReport] = night.seen;
    expect(duringDump).toContain('pg_dump --f');
    expect(duringUpload).toContain('rclone copyto');
    expect(duringReport).toContain('curl --s');
    const directory = dirname(dirname(night.pod.dump));
    const entries = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    const files = entries.map((name) => join(directory, name)).filter((path) => statSync(path).isFile());
    expect(files.sort()).toEqual([night.pod.dump, night.pod.sealed]);
    const outputs = night.outcomes.map(({ output }) => output);
    const contents = files.map((path) => readFileSync(path, 'latin1'));
    expect(leaks([duringDump, ...night.seen, ...outputs, ...contents].join('\n'))).toEqual([]);
  });

  test.each([
    ['with a wrong password', { PGPASSWORD: `wrong ${canary}` }, 'password authentication failed'],
    ['without a password', { PGPASSWORD: '' }, 'no password supplied'],
    ['of a database that is missing', { PGDATABASE: 'gone' }, 'database "gone" does not exist'],
    ['of a table that it may not read', { PGDATABASE: 'secretive' }, 'permission denied for table hidden'],
    ['from a server of another name', { PGHOST: '127.0.0.1' }, 'does not match host name "127.0.0.1"'],
    ['in an image without authorities', { PGSSLROOTCERT: '/none.crt' }, '"/none.crt" does not exist'],
  ])('end with a dump %s', async (_, env, message) => {
    const outcome = await pod.run('dump', { env });
    expect(outcome).toEqual({ code: 1, output: expect.stringContaining(message) });
    expect(leaks(outcome.output)).toEqual([]);
  });

  test('end with a dump from a server that speaks no TLS', async () => {
    servers.sql('postgres', 'ALTER SYSTEM SET ssl = off', 'SELECT pg_reload_conf()');
    try {
      await until(() => servers.sql('postgres', 'SHOW ssl') === 'off\n');
      expect(await pod.run('dump')).toEqual({
        code: 1,
        output: expect.stringContaining('server does not support SSL, but SSL was required'),
      });
    } finally {
      servers.sql('postgres', 'ALTER SYSTEM RESET ssl', 'SELECT pg_reload_conf()');
      await until(() => servers.sql('postgres', 'SHOW ssl') === 'on\n');
    }
  });

  test('find a dump in which one byte is another', async () => {
    const bytes = readFileSync(night.pod.dump);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 5000) ^ 255, bytes.length - 5000);
    writeFileSync(pod.dump, bytes);
    expect((await pod.run('verify')).code).toBe(1);
  });

  test('end with a public key that is mistyped', async () => {
    copyFileSync(night.pod.dump, pod.dump);
    const publicKey = `${props.publicKey.slice(0, -1)}${props.publicKey.endsWith('q') ? 'p' : 'q'}`;
    expect(await pod.run('encrypt', { props: { publicKey } })).toEqual({
      code: 1,
      output: expect.stringContaining('malformed recipient'),
    });
    expect(existsSync(pod.sealed)).toBe(false);
  });

  test('end when the bucket does not take the object', async () => {
    writeFileSync(pod.sealed, 'x');
    const outcome = await pod.run('upload', { env: { RCLONE_S3_ACCESS_KEY_ID: 'unknown' } });
    expect(outcome).toEqual({ code: 1, output: expect.stringContaining('AccessDenied') });
    expect(leaks(outcome.output)).toEqual([]);
  });

  test.each([401, 302])('end when the metrics server answers %j', async (status) => {
    metrics.status = status;
    writeFileSync(pod.sealed, 'x');
    expect(await pod.run('report')).toEqual({
      code: 1,
      output: `the metrics server responded with status ${status}: this backup is not reported\n`,
    });
  });

  test('push again after an answer that may be another the next time', async () => {
    metrics.status = 503;
    writeFileSync(pod.sealed, 'x');
    const outcome = pod.run('report');
    await until(() => metrics.pushed.length === 1);
    metrics.status = 204;
    expect((await outcome).code).toBe(0);
    expect(metrics.pushed).toHaveLength(2);
  });

  const lint = available('shellcheck') ? test : test.skip;
  lint('are scripts in which shellcheck finds nothing', () => {
    const scripts = pod.containers().filter(({ command }) => command[0] === 'sh');
    expect(scripts.map(({ name }) => name)).toEqual(['verify', 'upload', 'report']);
    for (const { command } of scripts) {
      const input = command[2] ?? '';
      expect(spawnSync('shellcheck', ['--shell=sh', '-'], { input, encoding: 'utf8' }).stdout).toBe('');
    }
  });

  describe.each(shells)('in %s', (shell) => {
    test('all succeed', async () => {
      bucket.objects.clear();
      expect((await runAll(shell)).map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
      expect([...bucket.objects.keys()]).toEqual([expect.stringMatching(/T\d{6}Z\.dump\.age$/)]);
    });

    test('find a dump that is one byte short, which its list does not show', async () => {
      copyFileSync(night.pod.dump, pod.dump);
      for (const size of [statSync(pod.dump).size - 1, 5000]) {
        truncateSync(pod.dump, size);
        expect(spawnSync('pg_restore', ['--list', pod.dump], { env: { PATH } }).status).toBe(0);
        expect(await pod.run('verify', { shell })).toEqual({
          code: 1,
          output: expect.stringContaining('could not read from input file: end of file'),
        });
      }
    });

    test('find a dump that is too small to be true', async () => {
      copyFileSync(night.pod.dump, pod.dump);
      const { size } = statSync(pod.dump);
      expect((await pod.run('verify', { shell, props: { minimumBytes: size } })).code).toBe(0);
      expect(await pod.run('verify', { shell, props: { minimumBytes: size + 1 } })).toEqual({
        code: 1,
        output: `the dump has ${size} bytes, less than the minimum of ${size + 1}: the dump is not uploaded\n`,
      });
    });

    test('find a dump without any table', async () => {
      await pod.run('dump', { env: { PGDATABASE: 'empty' } });
      expect(await pod.run('verify', { shell, props: { minimumBytes: 1 } })).toEqual({
        code: 1,
        output: 'the dump contains no table: the dump is not uploaded\n',
      });
    });

    test.each(['', 'token\n', 'to ken', 'a\r\nX-Evil: 1'])(
      'push nothing with the token %j',
      async (token) => {
        writeFileSync(pod.sealed, 'x');
        expect(await pod.run('report', { shell, env: { PUSH_TOKEN: token } })).toEqual({
          code: 1,
          output: 'PUSH_TOKEN is empty or contains a space or a line break: this backup is not reported\n',
        });
        expect(metrics.pushed).toEqual([]);
      },
    );
  });
});

/** A table's lock holds a dump up for as long as it takes to look at it. */
async function argumentsDuringDump(): Promise<string> {
  const holder = spawn('psql', ['--dbname=shop', '--no-psqlrc'], { env: servers.operator });
  try {
    holder.stdin.write('BEGIN; LOCK TABLE items;\n');
    await until(
      () => servers.sql('shop', `SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock'`) === '1\n',
    );
    const ended = pod.run('dump');
    await until(() => servers.sql('shop', 'SELECT 1 FROM pg_locks WHERE NOT granted') === '1\n');
    const found = everybodysArguments();
    holder.stdin.end('ROLLBACK;\n');
    expect((await ended).code).toBe(0);
    return found;
  } finally {
    holder.kill();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain until ${condition}`);
}
