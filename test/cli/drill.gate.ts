import { join } from 'node:path';
import { drillAssumptions } from '../../lib/analysis/drill/assumptions';
import { honeydue } from '../../lib/cli/honeydue';
import { run, running } from '../support/command';
import { fixtures } from '../support/configuration';
import { production } from '../support/production';

const file = join(fixtures, 'production.yaml');

describe('honeydue drill', () => {
  const { status, stdout } = run('drill', '--config', file);

  test('shows each failure by workload', () => {
    expect(status).toBe(0);
    expect(stdout).toMatch(/^when +admin +api +redis-exporter +redis +vmagent +web +worker /);
    expect(stdout).toMatch(/^node-lost +0\/1 +2\/3 - +0\/1 +0\/1 +0\/1 +2\/3 - +0\/1 /m);
    expect(stdout).toMatch(/^rollout +ok +ok +ok +0\/1 +0\/1 +ok +0\/1 /m);
  });

  test('says what goes down and for how long', () => {
    expect(stdout).toContain(
      '  down until the node is back (the volume of redis-data is on that node): redis\n',
    );
    expect(stdout).toMatch(/^ {2}down for: vmagent \(1 min 57 s\+\), .*worker \(6 min 12 s\+\)/m);
  });

  test('says once what two failures do alike', () => {
    expect(stdout).toMatch(/^volume-node-lost:redis: .*: as node-lost$/m);
  });

  test('says by which lines something is guaranteed', () => {
    const [, number] =
      /^ {2}node-lost: api keeps 2 of 3 pods ready \(3-api\.k8s\.yaml:(\d+),/m.exec(stdout) ?? [];
    const api = production.files.find(({ path }) => path === '3-api.k8s.yaml');
    expect(api?.text.split('\n')[Number(number) - 1]).toBe('  replicas: 3');
  });

  test('marks what Cloudflare does as likely, not guaranteed', () => {
    expect(stdout).toMatch(/likely,\s+not guaranteed:\s+Cloudflare sends requests to the other addresses/);
  });

  test('is no wider than the terminal except where a word cannot be broken', () => {
    const { stdout } = running((surroundings) => honeydue(['drill', '--config', file], surroundings), 80);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('prints a versioned shape', () => {
    const json = JSON.parse(run('drill', '--config', file, '--format', 'json').stdout) as unknown;
    expect(json).toMatchObject({ version: 2, assumptions: drillAssumptions, notModelled: [] });
    expect(json).toHaveProperty(
      'failures.0.outcomes.1',
      expect.objectContaining({ workload: 'api', ready: 2 }),
    );
    expect(json).toHaveProperty(
      'guarantees',
      expect.arrayContaining([
        expect.objectContaining({ sentence: 'redis never runs twice', failure: 'rollout' }),
      ]),
    );
  });
});
