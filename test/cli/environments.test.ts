import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { honeydue } from '../../lib/cli/honeydue';
import { staging } from '../deployment/config/environment/environments';
import { run, running } from '../support/command';
import { fixtures, withDirectory } from '../support/configuration';

/** Runs commands in a project that has production and staging. */
function inProject(use: (act: (...args: string[]) => ReturnType<typeof run>, root: string) => void): void {
  withDirectory((root) => {
    mkdirSync(join(root, 'config'));
    cpSync(fixtures, join(root, 'config'), { recursive: true });
    writeFileSync(join(root, 'config', 'staging.yaml'), staging);
    const acknowledged = staging.replace(
      'acknowledgements: []\n',
      [
        'acknowledgements:',
        '  - { rule: high-user-id, objects: [Deployment honeydue-staging/*, Job honeydue-staging/*], reason: a test }',
        '  - { rule: deployment-replicas, objects: [Deployment honeydue-staging/*], reason: a test }',
        '  - { rule: pod-probes-identical, objects: [Deployment honeydue-staging/api, Deployment honeydue-staging/redis], reason: a test }',
        '  - { rule: k3s-end-of-support, objects: [Namespace honeydue-staging], reason: a test }',
        '',
      ].join('\n'),
    );
    writeFileSync(join(root, 'config', 'staging.yaml'), acknowledged);
    use((...args) => running((surroundings) => honeydue(args, { ...surroundings, root })), root);
  });
}

describe('--env', () => {
  test('writes each environment into a directory of its own', () => {
    inProject((act, root) => {
      expect(act('synth', '--env', 'staging')).toMatchObject({ status: 0, stderr: '' });
      expect(act('synth')).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(join(root, 'environments/staging/dist/3-api.k8s.yaml'), 'utf8')).toContain(
        'namespace: honeydue-staging',
      );
      expect(readFileSync(join(root, 'dist/3-api.k8s.yaml'), 'utf8')).toContain('namespace: honeydue\n');
    });
  });

  test('names the environment in the commands that it suggests', () => {
    inProject((act) => {
      expect(act('synth', '--env', 'staging').stdout).toContain(
        'npx honeydue unresolved --env staging lists them',
      );
    });
  });

  test('accepts a finding in the environment, also at a line of the file that it extends', () => {
    inProject((act, root) => {
      const file = join(root, 'config', 'staging.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/ +- \{ rule: high-user-id.*\n/, ''));
      const { stderr } = act('synth', '--env', 'staging');
      expect(stderr).toMatch(/^Job honeydue-staging\/\S+\n +\S*production\.yaml:\d+:\d+ low high-user-id: /);
      expect(stderr).toMatch(/reason to \S*staging\.yaml, under acknowledgements:/);
    });
  });

  test('leaves --out to the user, before it and after it', () => {
    inProject((act, root) => {
      act('synth', '--out', join(root, 'one'), '--env', 'staging');
      act('synth', '--env', 'staging', '--out', join(root, 'two'));
      expect(['one', 'two', 'environments'].map((name) => existsSync(join(root, name)))).toEqual([
        true,
        true,
        false,
      ]);
    });
  });

  test.each(['unresolved', 'check', 'flows', 'drill'])('is taken by %s', (command) => {
    inProject((act) => {
      expect(act(command, '--env', 'staging')).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('is taken by impact and settle', () => {
    inProject((act, root) => {
      act('synth', '--env', 'staging');
      const dist = join(root, 'environments', 'staging', 'dist');
      expect(act('impact', '--env', 'staging', '--base', dist)).toMatchObject({ status: 0, stderr: '' });
      expect(act('settle', '--env', 'staging')).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('refuses a name without a file, and names the nearest', () => {
    inProject((act) => {
      const { status, stderr } = act('synth', '--env', 'stagin');
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/There is no \S*config\/stagin\.yaml; did you mean "staging"\?/),
      ]);
    });
  });

  test('is refused together with --config', () => {
    inProject((act) => {
      const { status, stderr } = act('synth', '--env', 'staging', '--config', 'x.yaml');
      expect([status, stderr]).toEqual([2, expect.stringContaining('cannot be used with option')]);
    });
  });
});

describe('honeydue diff', () => {
  test('compares by meaning', () => {
    inProject((act) => {
      const { status, stdout } = act('diff', 'staging', 'production');
      expect(status).toBe(0);
      expect(stdout).toContain('resources: 4\n  ~ api.replicas: 3 -> 1\n');
      expect(stdout).toContain('  + staging1: cx33 in nbg1\n  - hetzner1: cx33 in nbg1\n');
    });
  });

  test('takes --env as the first of the two', () => {
    inProject((act) => {
      expect(act('diff', '--env', 'staging', 'production').stdout).toBe(
        act('diff', 'staging', 'production').stdout,
      );
    });
  });

  test('says that nothing differs', () => {
    inProject((act) => {
      expect(act('diff', 'production', 'production').stdout).toBe(
        'production and production do not differ.\n',
      );
    });
  });

  test('refuses a name without a file', () => {
    inProject((act) => {
      const { status, stderr } = act('diff', 'stagin', 'production');
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('stagin is not an environment; did you mean "staging"?'),
      ]);
    });
  });

  test('refuses one environment alone', () => {
    inProject((act) => {
      const { status, stderr } = act('diff', 'production');
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('diff compares two environments, such as: honeydue diff staging production'),
      ]);
    });
  });
});

describe("honeyDue's staging", () => {
  test('synthesizes, and collides with nothing of production', () => {
    withDirectory((out) => {
      expect(run('synth', '--env', 'staging', '--out', join(out, 'dist'))).toMatchObject({
        status: 0,
        stderr: '',
      });
    });
  });

  test('keeps its promises', () => {
    expect(run('drill', '--env', 'staging', '--assert')).toMatchObject({ status: 0, stderr: '' });
  });
});
