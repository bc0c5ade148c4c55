import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../lib/cli/run';
import { synthCommand } from '../../lib/cli/synth';
import { type Run, run, running } from '../support/command';
import {
  type Edit,
  edited,
  editedLock,
  fixtures,
  withConfiguration,
  withDirectory,
} from '../support/configuration';
import { live } from '../support/live';
import { production } from '../support/production';
import { withResolvedConfiguration } from '../support/resolved';

/** `npm run synth -- …` of the Kubernetes side. */
function synth(...args: string[]): Run {
  return running((surroundings) =>
    runCommand(synthCommand(surroundings, ['kubernetes']), args, surroundings),
  );
}

function contents(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|sh)$/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

const config = join(fixtures, 'production.yaml');
const unresolved = production.model.unresolved.length;
const committed = Object.fromEntries(live.files.map(({ path, text }) => [path, text]));

/** Production's output, written once. */
const written = mkdtempSync(join(tmpdir(), 'honeydue-'));
const first = synth('--config', config, '--out', written);

afterAll(() => rmSync(written, { recursive: true, force: true }));

/** Runs `use` with a directory of its own that holds production's output. */
function withOutput<T>(use: (out: string) => T): T {
  return withDirectory((out) => {
    cpSync(written, out, { recursive: true });
    return use(out);
  });
}

describe('npm run synth', () => {
  test('writes production into the directory that --out names', () => {
    withDirectory((out) => {
      expect(synth('--out', out).status).toBe(0);
      expect(contents(out)).toEqual(committed);
    });
  });

  test('says in two lines what it wrote and how much is unresolved, and then what must be known of new files', () => {
    const [summary, counts, next] = first.stdout.split('\n');
    expect(summary).toBe(`${written}: ${production.files.length} files written, 0 unchanged`);
    expect(counts).toBe(
      `${unresolved} values of the manifests and ${production.model.unresolvedOfNodes.length} of the nodes' scripts are unresolved: npx honeydue unresolved --config ${config} lists them.`,
    );
    expect(next).toBe('');
  });

  test('prints two lines if nothing is new', () => {
    withOutput((out) => {
      const { stdout } = synth('--config', config, '--out', out);
      expect(stdout.split('\n')).toEqual([
        `${out}: 0 files written, ${production.files.length} unchanged`,
        expect.stringContaining('values of the manifests'),
        '',
      ]);
    });
  });

  test('prints a value in full that was not unresolved in the last run', () => {
    withOutput((out) => {
      const open = edited([['      SECRET_KEY: signs', '      SECRET_KEY: signs']]).replace(
        '    API_URL: https://api.myhoneydue.com/api #',
        '    API_URL: { unresolved: ask the operator } #',
      );
      const { stdout } = withConfiguration(open, (path) => synth('--config', path, '--out', out));
      expect(stdout).toContain('\nNewly unresolved:\n  config.data.API_URL: ask the operator\n');
      const again = withConfiguration(open, (path) => synth('--config', path, '--out', out));
      expect(again.stdout).not.toContain('ask the operator');
    });
  });

  test('prints nothing with --quiet, and every value with --verbose', () => {
    withOutput((out) => {
      expect(synth('--config', config, '--out', out, '--quiet').stdout).toBe('');
      expect(synth('--config', config, '--out', out, '--verbose').stdout).toContain(
        '  kubectl exec -n honeydue deployment/worker -- id -u\n    workloads.worker.user\n',
      );
    });
  });

  test('prints one object with --format json', () => {
    withOutput((out) => {
      const { stdout } = synth('--config', config, '--out', out, '--format', 'json');
      expect(JSON.parse(stdout)).toMatchObject({
        sides: [{ summary: `${out}: 0 files written, ${production.files.length} unchanged` }],
        unresolved: expect.arrayContaining([expect.objectContaining({ path: 'workloads.worker.user' })]),
      });
    });
  });

  test('names nothing when the directory holds only the output', () => {
    expect(first.stdout).not.toContain('also holds');
  });

  describe('the second time', () => {
    const { out, stdout } = withOutput((directory) => {
      for (const name of ['old.yml', 'secret.json', '.hidden.yaml', 'notes.md'])
        writeFileSync(join(directory, name), '');
      mkdirSync(join(directory, 'more.yaml'));
      return { out: directory, ...synth('--config', config, '--out', directory) };
    });

    test('writes nothing', () => {
      expect(stdout).toContain(`0 files written, ${production.files.length} unchanged`);
    });

    test('names other files of the directory that would be applied with the output', () => {
      expect(stdout).toContain(
        `\n${out} also contains .hidden.yaml, old.yml, secret.json, which the synth did not write: kubectl apply -f ${out} applies them too.`,
      );
    });
  });

  test('refuses what an apply over the previous output could not change', () => {
    withOutput((out) => {
      const path = join(out, '1-limits.k8s.yaml');
      const before = readFileSync(path, 'utf8').replace('value: 100000', 'value: 200000');
      writeFileSync(path, before);
      const { status, stderr } = synth('--config', config, '--out', out);
      expect([status, readFileSync(path, 'utf8')]).toEqual([1, before]);
      expect(stderr).toContain('immutable-fields: value: is 100000; it must stay 200000');
    });
  });

  test('says first that the class of a volume can not be changed', () => {
    withDirectory((directory) => {
      const out = join(directory, 'dist');
      withResolvedConfiguration((path) => {
        expect(synth('--config', path, '--out', out).status).toBe(0);
        const text = readFileSync(path, 'utf8');
        writeFileSync(path, text.replace('class: local-path', 'class: fast'));
        const { stderr } = synth('--config', path, '--out', out);
        expect(stderr.split('\n')[1]).toContain(
          'critical immutable-fields: spec.storageClassName: is "fast"; it must stay "local-path"',
        );
        expect(stderr).not.toContain('is not modelled');
      });
    });
  });

  test('removes the file of a workload that is gone, and says what to remove in the cluster', () => {
    withOutput((out) => {
      const text = edited([['    admin.myhoneydue.com: *records\n', '']]).replace(
        /\n {2}admin:\n {4}kind: WebService[\s\S]*?(?=\n {2}web:\n {4}kind)/,
        '\n',
      );
      const { stdout, stderr } = withConfiguration(
        text
          .replace('Deployment honeydue/admin, ', '')
          .replace(/\n {2}admin:\n {4}repository[\s\S]*?(?=\n {2}web:\n {4}repository)/, '\n'),
        (path) => synth('--config', path, '--out', out),
        editedLock([]).replace(/admin:\n.*\n.*\n/, ''),
      );
      expect(stderr).toBe('');
      expect(stdout).toContain('1 removed');
      expect(stdout).toContain('  kubectl delete deployment admin -n honeydue\n');
      expect(Object.keys(contents(out))).not.toContain('3-admin.k8s.yaml');
    });
  });
});

describe('what an apply leaves running', () => {
  test('is named when autoscaling is turned off', () => {
    withDirectory((out) => {
      const on = edited([['      enabled: false', '      enabled: true']]);
      withConfiguration(on, (path) => synth('--config', path, '--out', out));
      const command = '  kubectl delete horizontalpodautoscaler api -n honeydue\n';
      expect(synth('--config', config, '--out', out).stdout).toContain(command);
      // The next run changes nothing, and the object still runs.
      expect(synth('--config', config, '--out', out).stdout).toContain(command);
      expect(run('settle', '--out', out).stdout).toContain('  HorizontalPodAutoscaler honeydue/api\n');
      expect(run('settle', '--out', out, 'HorizontalPodAutoscaler honeydue/web')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('did you mean "HorizontalPodAutoscaler honeydue/api"?'),
      });
      expect(run('settle', '--out', out, 'HorizontalPodAutoscaler honeydue/api').stdout).toBe(
        '1 settled.\nTasks that are left (npm run synth prints the commands):\n  ResourceQuota honeydue/quota\n',
      );
      expect(synth('--config', config, '--out', out).stdout).not.toContain('kubectl delete');
    });
  });

  test('is printed until it is described again', () => {
    withDirectory((out) => {
      const on = edited([['      enabled: false', '      enabled: true']]);
      const synthOn = () => withConfiguration(on, (path) => synth('--config', path, '--out', out));
      synthOn();
      expect(synth('--config', config, '--out', out).stdout).toContain('kubectl delete');
      expect(synthOn().stdout).not.toContain('kubectl delete');
      expect(run('settle', '--out', out).stdout).toBe('No task is left.\n');
    });
  });

  test('is printed of a quota that shrinks until the operator says that it is applied', () => {
    withOutput((out) => {
      const more = edited([['    image: web\n    replicas: 3', '    image: web\n    replicas: 5']]);
      withConfiguration(more, (path) => synth('--config', path, '--out', out));
      for (let times = 0; times < 2; times += 1)
        expect(synth('--config', config, '--out', out).stdout).toContain('The ResourceQuota gets smaller');
      expect(run('settle', '--out', out, '--all').status).toBe(0);
      expect(synth('--config', config, '--out', out).stdout).not.toContain('The ResourceQuota gets smaller');
    });
  });

  test('is nothing after a change in place', () => {
    withOutput((out) => {
      const more = edited([['    image: web\n    replicas: 3', '    image: web\n    replicas: 4']]);
      const { stdout } = withConfiguration(more, (path) => synth('--config', path, '--out', out));
      expect(stdout).not.toContain('kubectl delete');
    });
  });
});

describe('npm run synth -- --strict', () => {
  test('refuses unresolved values, each at its place, and writes nothing', () => {
    withDirectory((out) => {
      const { status, stdout, stderr } = synth('--strict', '--config', config, '--out', join(out, 'dist'));
      expect([status, stdout, existsSync(join(out, 'dist'))]).toEqual([1, '', false]);
      expect(stderr).toMatch(
        /^test\/fixtures\/config\/images\.lock\.yaml:\d+:\d+ images\.api\.digest: is unresolved\. To find the value: /m,
      );
      expect(stderr).toContain(`\n${unresolved} problems; nothing was written.\n`);
    });
  });

  test('writes when everything is known', () => {
    withResolvedConfiguration((path) =>
      withDirectory((out) => {
        const { status, stdout, stderr } = synth('--strict', '--config', path, '--out', out);
        expect([status, stderr]).toEqual([0, '']);
        expect(stdout).not.toContain('unresolved');
        // The worker's alert waits for the worker to serve metrics, and no apply for the alert.
        const manifests = Object.entries(contents(out)).filter(([name]) => name.endsWith('.k8s.yaml'));
        expect(JSON.stringify(manifests)).not.toMatch(/unresolved/i);
      }),
    );
  });
});

describe('a mistake', () => {
  const broken: Edit = ['    image: api\n    replicas: 3', '    image: api\n    replicas: three'];

  test('in the configuration leaves the output as it was, and ends with 1', () => {
    withOutput((out) => {
      const before = contents(out);
      const run = withConfiguration(edited([broken]), (path) => synth('--config', path, '--out', out));
      expect([run.status, run.stdout]).toEqual([1, '']);
      expect(run.stderr).toContain(
        'workloads.api.replicas: is "three"; it must be an integer from 1 to 1000',
      );
      expect(contents(out)).toEqual(before);
    });
  });

  test.each([
    ['an unknown option', ['--strct'], "unknown option '--strct'\n(Did you mean --strict?)"],
    ['an output directory without a name', ['--out', ''], 'It must name a directory.'],
    ['a configuration without a name', ['--config', ''], 'It must name a file.'],
    [
      'a device as the configuration',
      ['--config', '/dev/null'],
      'dev/null:1:1 is a pipe or a device; name a YAML file\n\nOne problem',
    ],
    ['an argument too many', ['production'], 'too many arguments'],
    ['a file that is not there', ['--config', 'nowhere.yaml'], 'nowhere.yaml:1:1 there is no such file'],
  ])('such as %s is told in words', (_, args, message) => {
    const { status, stderr } = synth(...args);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('such as a file in the place of the output directory ends with 2', () => {
    withDirectory((directory) => {
      const path = join(directory, 'dist');
      writeFileSync(path, '');
      const { status, stderr } = synth('--out', path);
      expect(status).toBe(2);
      expect(stderr).toContain(path);
      expect(stderr).not.toMatch(/^ +at /m);
    });
  });

  test('such as a directory in the place of a file ends with 2 and writes no other', () => {
    withDirectory((out) => {
      mkdirSync(join(out, '3-api.k8s.yaml'));
      expect(synth('--out', out).status).toBe(2);
      expect(readdirSync(out)).toEqual(['3-api.k8s.yaml']);
    });
  });
});
