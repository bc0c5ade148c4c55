import { join } from 'node:path';
import { honeydue } from '../../lib/cli/honeydue';
import { assumptions } from '../../lib/drill/assumptions';
import { run, running } from '../support/command';
import { fixtures } from '../support/configuration';

const file = join(fixtures, 'production.yaml');

describe('honeydue drill', () => {
  test('is no wider than the terminal but for what can not be broken', () => {
    const { stdout } = running((surroundings) => honeydue(['drill', '--config', file], surroundings), 80);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('prints a versioned shape', () => {
    const json = JSON.parse(run('drill', '--config', file, '--json').stdout) as unknown;
    expect(json).toMatchObject({ version: 1, assumptions, notModelled: [] });
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
