import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { impactAssumptions } from '../../lib/report/impact';
import { commentMark } from '../../lib/report/impact-markdown';
import { run as runCommand } from '../support/command';
import { fixtures, withDirectory } from '../support/configuration';
import { production } from '../support/production';

const config = join(fixtures, 'production.yaml');

const run = (...args: string[]) => runCommand('impact', '--config', config, ...args);

/** Runs with a directory as base that holds production's output, after a change of its files' texts. */
function against(change: (path: string, text: string) => string, ...args: string[]) {
  return withDirectory((directory) => {
    const files = [
      ...production.files,
      ...production.terraformFiles.map((file) => ({ ...file, path: `terraform/${file.path}` })),
    ];
    for (const { path, text } of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), change(path, text));
    }
    const result = run('--base', directory, ...args);
    return { ...result, stdout: result.stdout.replaceAll(directory, 'dist') };
  });
}

const same = (_: string, text: string) => text;
const otherImage = (path: string, text: string) =>
  path === '3-api.k8s.yaml' ? text.replace('honeydue-api:237c6b8@', 'honeydue-api:1111111@') : text;
const otherClaim = (_: string, text: string) => text.replaceAll('redis-data', 'redis-files');
const claim = 'lost:PersistentVolumeClaim honeydue/redis-files';

describe('honeydue impact', () => {
  const unchanged = against(same);

  test('says that what is on disk is what is in memory', () => {
    const { status, stdout } = unchanged;
    expect([status, stdout.split('\n')[0]]).toEqual([0, `dist -> ${config}: nothing changes.`]);
  });

  test('says what restarts, and ends well', () => {
    const { status, stdout } = against(otherImage);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /restarts \(\d\)\n {2}Deployment honeydue\/api spec\.template\.spec\.containers\[api\]\.image\n/,
      ),
    ]);
  });

  test('says that it read no cluster and no state', () => {
    expect(unchanged.stdout.replaceAll('\n', ' ')).toContain(impactAssumptions[0]);
  });

  test('ends with 3 when something is lost, and says how to go on', () => {
    const { status, stdout } = against(otherClaim);
    expect([status, stdout.replaceAll('\n', ' ')]).toEqual([
      3,
      expect.stringContaining(`--acknowledge '${claim}'`),
    ]);
  });

  test('ends with 0 when that is acknowledged by name', () => {
    expect(against(otherClaim, '--acknowledge', claim).status).toBe(0);
  });

  test('takes no acknowledgement of another class or object', () => {
    const others = [
      'fails:PersistentVolumeClaim honeydue/redis-files',
      'lost:PersistentVolumeClaim honeydue/redis',
    ];
    const { status, stdout } = against(otherClaim, ...others.flatMap((each) => ['--acknowledge', each]));
    expect([status, stdout.replaceAll('\n', ' ')]).toEqual([
      3,
      expect.stringContaining(`Acknowledgement without a matching consequence of this change: ${others[0]}.`),
    ]);
  });

  test.each(['redis-files', 'gone:Service shop/cart', 'lost:'])(
    'refuses %j as an acknowledgement',
    (text) => {
      const { status, stderr } = run('--base', '.', '--acknowledge', text);
      expect([status, stderr]).toEqual([2, expect.stringContaining('It must be a class and an object')]);
    },
  );

  test('says what only differs in bytes', () => {
    const { stdout } = against((path, text) => (path === '3-web.k8s.yaml' ? `# Looked at.\n${text}` : text));
    expect(stdout).toContain('One file has formatting-only changes: 3-web.k8s.yaml.');
  });

  test('shows the field that changes in place', () => {
    const moved = (_: string, text: string) => text.replace('\n  replicas: 3\n', '\n  replicas: 2\n');
    expect(against(moved).stdout).toMatch(/in place \(2\)\n {2}Deployment honeydue\/api spec\.replicas\n/);
  });

  test('prints a versioned shape for programs', () => {
    expect(JSON.parse(against(otherClaim, '--format', 'json').stdout)).toMatchObject({
      version: 1,
      base: 'dist',
      counts: { lost: 1, restarts: 1 },
      consequences: expect.arrayContaining([
        expect.objectContaining({
          ...{ class: 'lost', side: 'kubernetes', object: 'PersistentVolumeClaim honeydue/redis-files' },
          acknowledged: false,
        }),
      ]),
    });
  });

  test('tells programs what was acknowledged and met nothing', () => {
    const unused = 'lost:Service honeydue/none';
    expect(JSON.parse(against(same, '--format', 'json', '--acknowledge', unused).stdout)).toMatchObject({
      unusedAcknowledgements: [unused],
    });
  });

  test('prints a comment that can be found again', () => {
    expect(against(otherImage, '--format', 'markdown').stdout).toMatch(
      new RegExp(`^${commentMark}\n### Impact: `),
    );
  });

  describe('on files', () => {
    const inputs = join(__dirname, '..', 'cases', 'engines');
    const before = join(inputs, 'secret-volume', 'base.yaml');
    const after = join(inputs, 'secret-volume', 'head.yaml');
    const lost = expect.stringContaining('Secret shop/keys data.a');

    test('compares two files of manifests', () => {
      expect(run('--base', before, '--head', after)).toMatchObject({ status: 3, stderr: '', stdout: lost });
      expect(run('--base', after, '--head', after).status).toBe(0);
    });

    test('compares a file with a directory that holds manifests in folders', () => {
      withDirectory((directory) => {
        mkdirSync(join(directory, 'shop', 'templates'), { recursive: true });
        copyFileSync(before, join(directory, 'shop', 'templates', 'other-name.yaml'));
        expect(run('--base', directory, '--head', after)).toMatchObject({ status: 3, stdout: lost });
      });
    });

    test('takes manifests of a folder called prometheus for manifests', () => {
      withDirectory((directory) => {
        mkdirSync(join(directory, 'prometheus'));
        copyFileSync(before, join(directory, 'prometheus', 'shop.yaml'));
        expect(run('--base', directory, '--head', after)).toMatchObject({ status: 3, stdout: lost });
      });
    });

    test('refuses standard input as both sides, and a file without an object', () => {
      expect(run('--base', '-', '--head', '-').stderr).toContain('standard input can be only one of them');
      withDirectory((directory) => {
        const empty = join(directory, 'empty.yaml');
        writeFileSync(empty, '# nothing\n');
        expect(run('--base', empty, '--head', after)).toMatchObject({
          status: 2,
          stderr: `${empty}:1:1 contains no Kubernetes object\n`,
        });
      });
    });
  });

  test('says that a base is no path and no commit', () => {
    const { status, stderr } = run('--base', 'no-such-branch');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^no-such-branch is not a file, a directory or a commit of this repository\./),
    ]);
  });

  test('takes a name that begins like an option for a name', () => {
    expect(run('--base=--exec=true').stderr).toContain('is not a file, a directory or a commit');
  });

  test('refuses a directory that holds no output', () => {
    withDirectory((directory) => {
      const { status, stderr } = run('--base', directory);
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('contains no manifests and no Terraform configuration'),
      ]);
    });
  });

  test('says where a base can not be read, all of it', () => {
    const broken = (path: string, text: string) => (/web|cdk\.tf/.test(path) ? 'kind: [' : text);
    const { stderr } = against(broken);
    expect(stderr).toMatch(/3-web\.k8s\.yaml:1:\d+ is not YAML[\s\S]*cdk\.tf\.json:1:1 can't be parsed/);
  });
});
