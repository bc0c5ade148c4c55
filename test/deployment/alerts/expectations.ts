import type { Expectation, Input } from './promtool';

const series = (name: string, labels: string, values: string): Input => [
  `${name}{cluster="shop",${labels}}`,
  values,
];
const up = (job: string, instance: string, values: string) =>
  series('up', `job="${job}",instance="${instance}"`, values);
const bucket = (le: string, values: string) =>
  series('http_request_duration_seconds_bucket', `job="api",instance="a",le="${le}"`, values);
const cpu = (instance: string, values: string) =>
  series('process_cpu_seconds_total', `job="api",instance="${instance}"`, values);
const redis = (name: string, values: string) => series(`redis_${name}`, 'job="redis",instance="r"', values);
const memory = (used: number, max: number) => [
  redis('memory_used_bytes', `${used}x20`),
  redis('memory_max_bytes', `${max}x20`),
];
const certificate = (instance: string, serial: string, days: number) => {
  const labels = `job="traefik",instance="${instance}",cn="Origin",sans="*.shop.example",serial="${serial}"`;
  return series('traefik_tls_certs_not_after', labels, `${days * 86_400}x150`);
};
const backup = (values: string) =>
  series('postgres_backup_last_success_timestamp_seconds', 'job="postgres-backup",database="shop"', values);
const done = (values: string) => series('tasks_processed_total', 'job="worker",instance="w"', values);
const node = (name: string, values: string) =>
  series(`node_${name}_timestamp_seconds`, 'job="node",instance="n",node="first"', values);
const elsewhere = ([name, values]: Input): Input => [name.replace('cluster="shop"', 'cluster="pub"'), values];

const others = ['node', 'redis', 'traefik', 'worker'].map((job) => up(job, 'a', '1x20'));
const day = 24 * 60;

function fires(alert: string, fact: string, at: number, labels: string, ...given: Input[]): Expectation {
  return { alert, fact, at, given, firing: [`cluster="shop",${labels}`] };
}

function quiet(alert: string, fact: string, at: number, ...given: Input[]): Expectation {
  return { alert, fact, at, given, firing: [] };
}

const down = 'instance="a",job="api",severity="critical"';
const missing = 'job="api",severity="critical"';
const slow = 'job="api",severity="warning"';
const unread = 'job="api",series="process_cpu_seconds_total",severity="warning"';
const full = 'instance="r",job="redis",severity="warning"';
const gone = 'instance="r",job="redis",severity="critical"';
const ending = 'cn="Origin",instance="a",job="traefik",sans="*.shop.example",severity="warning"';
const old = 'job="postgres-backup",severity="critical"';
const waiting = 'instance="n",job="node",node="first",severity="warning"';
const silent = 'job="worker",severity="critical"';

/** What each alert of the deployment must notice, and what it must not. */
export const expectations: readonly Expectation[] = [
  fires('TargetDown', 'a pod that does not answer', 6, down, up('api', 'a', '0x20')),
  quiet('TargetDown', 'a pod that starts for four minutes', 4, up('api', 'a', '0x20')),
  quiet('TargetDown', 'a pod of another cluster', 9, elsewhere(up('api', 'a', '0x20'))),

  fires('TargetIncomplete', 'two pods of three', 11, slow, up('api', 'a', '1x20'), up('api', 'b', '1x20')),
  quiet('TargetIncomplete', 'three of three', 11, ...['a', 'b', 'c'].map((each) => up('api', each, '1x20'))),

  fires('TargetMissing', 'a job of which nothing is known', 6, missing, ...others),
  fires(
    'TargetMissing',
    'a job that only another cluster has',
    6,
    missing,
    ...others,
    elsewhere(up('api', 'a', '1x20')),
  ),
  quiet('TargetMissing', 'a job that is only down', 6, ...others, up('api', 'a', '0x20')),

  fires(
    'ApiLatencyHigh',
    'one request in fifty above half a second',
    20,
    slow,
    bucket('0.5', '0+98x30'),
    bucket('1', '0+100x30'),
    bucket('+Inf', '0+100x30'),
  ),
  quiet(
    'ApiLatencyHigh',
    'one request in two hundred',
    20,
    bucket('0.5', '0+199x30'),
    bucket('1', '0+200x30'),
    bucket('+Inf', '0+200x30'),
  ),
  quiet('ApiLatencyHigh', 'no requests', 20, bucket('0.5', '0x30'), bucket('+Inf', '0x30')),

  fires(
    'ApiCpuHigh',
    '80 % of the request on average',
    30,
    slow,
    cpu('a', '0+12x40'),
    cpu('b', '0+1.2x40'),
    cpu('c', '0+1.2x40'),
  ),
  quiet(
    'ApiCpuHigh',
    '60 % on average',
    30,
    cpu('a', '0+8.4x40'),
    cpu('b', '0+1.2x40'),
    cpu('c', '0+1.2x40'),
  ),
  quiet('ApiCpuHigh', 'more for twelve minutes', 12, cpu('a', '0+12x40')),

  fires('RedisDown', 'a Redis that does not answer', 3, gone, redis('up', '0x10')),
  quiet('RedisDown', 'one that answers', 3, redis('up', '1x10')),

  fires('RedisMemoryHigh', '85 % of maxmemory', 11, full, ...memory(85, 100)),
  quiet('RedisMemoryHigh', '80 %', 11, ...memory(80, 100)),
  fires('RedisMemoryHigh', 'a Redis without maxmemory', 11, full, ...memory(1, 0)),

  fires('CertificateExpiresSoon', '20 days', 120, ending, certificate('a', '1', 20)),
  quiet('CertificateExpiresSoon', '22 days', 120, certificate('a', '1', 22)),
  quiet('CertificateExpiresSoon', 'a renewed one', 120, certificate('a', '1', 5), certificate('a', '2', 300)),
  fires(
    'CertificateExpiresSoon',
    'the one node that has not renewed it',
    120,
    ending,
    certificate('a', '1', 5),
    certificate('b', '1', 5),
    certificate('b', '2', 300),
  ),

  fires(
    'NodeRebootPending',
    'a reboot that is pending for more than a week',
    7 * day + 90,
    waiting,
    node('reboot_required', `60x${8 * day}`),
  ),
  quiet('NodeRebootPending', 'one of six days', 6 * day, node('reboot_required', `60x${8 * day}`)),
  quiet('NodeRebootPending', 'none', 8 * day, node('reboot_required', `0x${8 * day}`)),

  fires(
    'NodeClockNotSynchronized',
    'a clock that was synchronised three hours ago for the last time',
    200,
    waiting,
    node('clock_synchronized', '60x300'),
  ),
  fires(
    'NodeClockNotSynchronized',
    'one that never was since the boot',
    200,
    waiting,
    node('clock_synchronized', '0x300'),
  ),
  quiet(
    'NodeClockNotSynchronized',
    'one that is synchronised every half hour',
    400,
    node('clock_synchronized', Array.from({ length: 14 }, (_, half) => `${half * 1800}x29`).join(' ')),
  ),

  fires('BackupTooOld', 'a backup of 27 hours', 27 * 60, old, backup('0')),
  quiet('BackupTooOld', 'one of 25 hours', 25 * 60, backup('0')),
  quiet('BackupTooOld', 'an old one after a new one', 49 * 60, backup(`0 _x${day - 1} ${day * 60}`)),
  fires('BackupTooOld', 'no backup at all', 16, old),
  fires('BackupTooOld', 'one so old that it is forgotten, without a pause', 7 * day + 30, old, backup('0')),

  fires('WorkerSilent', 'no task in two hours', 190, silent, done('7x200')),
  quiet('WorkerSilent', 'one task in them', 190, done('7x100 8x100')),

  fires(
    'SeriesMissing',
    'a series that its target does not have',
    61,
    unread,
    up('api', 'a', '1x90'),
    bucket('1', '0x90'),
  ),
  quiet('SeriesMissing', 'a target that is down', 61, up('api', 'a', '0x90')),
  quiet(
    'SeriesMissing',
    'series that are there',
    61,
    up('api', 'a', '1x90'),
    bucket('1', '0x90'),
    cpu('a', '0x90'),
  ),
];

/** What somebody reads, with the values filled in. */
export const summaries: readonly (Omit<Expectation, 'firing' | 'fact'> & { readonly reads: string })[] = [
  {
    alert: 'NodeRebootPending',
    at: 8 * day,
    given: [node('reboot_required', `60x${8 * day}`)],
    reads: 'first has needed a reboot after an upgrade for 7d 23h 59m 0s.',
  },
  {
    alert: 'TargetDown',
    at: 6,
    given: [up('api', 'a:8000', '0x20')],
    reads: 'a:8000 of api does not answer the scrapes of the metrics agent.',
  },
  {
    alert: 'TargetIncomplete',
    at: 11,
    given: [up('api', 'a', '1x20')],
    reads: 'Only 1 of 3 pods of api exist.',
  },
  {
    alert: 'ApiCpuHigh',
    at: 30,
    given: [cpu('a', '0+4.8x40')],
    reads: 'The pods of api use 80% of their CPU request of 0.1 cores.',
  },
  {
    alert: 'RedisMemoryHigh',
    at: 11,
    given: memory(85, 100),
    reads: 'Redis uses 85% of its maxmemory.',
  },
  {
    alert: 'CertificateExpiresSoon',
    at: 120,
    given: [certificate('a', '1', 20)],
    reads: 'The certificate for *.shop.example expires in 19d 22h 0m 0s.',
  },
];
