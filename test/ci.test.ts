import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commentMark } from '../lib/report/impact-markdown';
import { root, withDirectory } from './support/configuration';

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: unknown }[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const forges = ['.github', '.gitea'].map((forge) => [forge, `${forge}/workflows/ci.yaml`] as const);

describe.each(forges)('the workflow for %s', (_, path) => {
  const { permissions, jobs } = parse(read(path)) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('runs the gate on every supported version of Node', () => {
    const { steps = [], strategy } = jobs['gate'] ?? {};
    expect(steps.map(({ run }) => run)).toContain('.ci/run');
    expect(strategy?.matrix.node).toEqual([20, 22, 24]);
    expect(steps).toContainEqual(expect.objectContaining({ with: { 'node-version': '${{ matrix.node }}' } }));
  });

  test('may write nothing but the comment, and that in a job that installs nothing', () => {
    expect(permissions).toEqual({ contents: 'read' });
    const writing = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
    expect(writing).toEqual([
      ['comment', expect.objectContaining({ permissions: { contents: 'read', 'pull-requests': 'write' } })],
    ]);
    expect(jobs['comment']?.steps.some(({ run }) => run?.includes('npm'))).toBe(false);
  });

  test('leaves no credentials next to the code that it runs', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(3);
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  test("uses the forges' own actions alone", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    for (const action of used) expect(action).toMatch(/^actions\/(checkout|setup-node)@v\d+$/);
  });

  test('puts nothing that others write into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });
});

describe('continuous integration', () => {
  test('installs without a question about install scripts', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: true }>;
    };
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
    const names = scripted.map((path) =>
      path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    );
    expect(Object.keys(allowScripts).sort()).toEqual(names.sort());
  });

  test('is the same at both forges', () => {
    const [github, gitea] = forges.map(([, path]) => read(path));
    expect(gitea).toBe(github);
  });

  test('marks the comment of a failure as that of a comparison', () => {
    expect(read('.ci/impact')).toContain(commentMark);
  });

  test.each(['run', 'impact'])('asks no more of a runner than a POSIX shell: %s', (script) => {
    const text = read(`.ci/${script}`);
    expect(text).toMatch(/^#!\/bin\/sh\n/);
    expect(text).not.toMatch(/\[\[|<\(|\(\)|\+=|\blocal\b/);
  });
});

describe('the last line of continuous integration', () => {
  const jest = (results: {
    passed: number;
    failed?: number;
    pending?: readonly string[];
    success?: boolean;
  }) =>
    JSON.stringify({
      success: results.success ?? true,
      numPassedTests: results.passed,
      numFailedTests: results.failed ?? 0,
      testResults: [
        { assertionResults: (results.pending ?? []).map((fullName) => ({ status: 'pending', fullName })) },
      ],
    });
  const good = {
    'fast.json': jest({ passed: 10 }),
    'gate.json': jest({ passed: 5 }),
    'cluster.json': jest({ passed: 2 }),
    'cluster-1.36.json': jest({ passed: 1 }),
    'lint.check': '0\n',
    'types.check': '0\n',
  };

  function summary(files: Readonly<Record<string, string>>): [status: number | null, lines: string[]] {
    return withDirectory((directory) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
      const run = spawnSync(process.execPath, [join(root, '.ci', 'summary.mjs'), directory], {
        encoding: 'utf8',
      });
      return [run.status, run.stdout.trimEnd().split('\n')];
    });
  }

  test('counts the tests of every run, and each check as one', () => {
    expect(summary(good)).toEqual([0, ['20 passed, 0 failed']]);
  });

  test('counts what was skipped, by name above it', () => {
    const { 'cluster.json': _, 'cluster-1.36.json': __, ...others } = good;
    const files = {
      ...others,
      'gate.json': jest({ passed: 5, pending: ['a real vmagent starts'] }),
      'cluster.skipped': 'the lane with real servers: go is not installed\n',
    };
    expect(summary(files)).toEqual([
      0,
      [
        'skipped: the lane with real servers: go is not installed',
        'skipped: a real vmagent starts',
        '17 passed, 0 failed, 2 skipped',
      ],
    ]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['a check', { 'types.check': '2\n' }, '19 passed, 1 failed'],
    ['a test', { 'gate.json': jest({ passed: 4, failed: 1, success: false }) }, '19 passed, 1 failed'],
    [
      'a suite that cannot be loaded',
      { 'gate.json': jest({ passed: 5, success: false }) },
      '20 passed, 1 failed',
    ],
  ])('fails with %s', (_, changes, last) => {
    const [status, lines] = summary({ ...good, ...changes });
    expect([status, lines.at(-1)]).toEqual([1, last]);
  });

  test('fails for a run without results', () => {
    const { 'gate.json': _, ...others } = good;
    expect(summary(others)).toEqual([
      1,
      ['failed: gate did not get as far as running', '15 passed, 1 failed'],
    ]);
  });
});
