import { join } from 'node:path';
import { assumptions } from '../../lib/analysis/drill/assumptions';
import { run } from '../support/command';
import { type Edit, edited, fixtures, withConfiguration } from '../support/configuration';
import { promising } from '../support/promises';

const file = join(fixtures, 'production.yaml');

/** A command on production after some edits. */
function runWith(edits: readonly Edit[], ...args: string[]) {
  return withConfiguration(edited([promising, ...edits]), (path) => run(...args, '--config', path));
}

describe('honeydue drill', () => {
  test('tells everything about one failure', () => {
    const { stdout: told } = run('drill', 'node-lost', '--config', file);
    expect(told).toMatch(/^node-lost: a node is lost\n/);
    expect(told).toMatch(/^ {2}worker: 0 of 1 stay; whole again within 6 min 12 s, beside the pull /m);
    expect(told).toMatch(/^ {2}api keeps 2 of 3 ready\n {6}3-api\.k8s\.yaml:\d+ spec\.replicas\n/m);
  });

  test.each(['--json', '--assert'])('tells no single failure with %s', (option) => {
    const { status, stderr } = run('drill', 'node-lost', option);
    expect([status, stderr]).toEqual([2, 'node-lost is told as text alone: leave it out, or the option.\n']);
  });

  test('says what failures there are', () => {
    expect(run('drill', 'flood', '--config', file)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^flood is no failure; there are node-lost, /),
    });
  });

  test('lists in its help what it assumes', () => {
    expect(run('drill', '--help').stdout).toContain(assumptions[0]);
  });
});

describe('honeydue drill --assert', () => {
  const onlyTwo: Edit = [
    '    kind: WebService\n    image: api\n    replicas: 3',
    '    kind: WebService\n    image: api\n    replicas: 2',
  ];

  test('says that the promises are kept', () => {
    expect(runWith([], 'drill', '--assert')).toMatchObject({
      status: 0,
      stdout: 'All 4 promises are kept.\n',
    });
  });

  test('says at which line one is not', () => {
    const { status: code, stderr } = runWith(
      [['ready: { api: 2, web: 2 }', 'ready: { api: 2, web: 3 }']],
      'drill',
      '--assert',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /production\.yaml:\d+:\d+ promises\[0\]\.ready\.web: promises web at least 3 ready when a node is lost, and 2 may be all that are left; see Deployment honeydue\/web: /,
    );
  });

  test('says so of what is changed elsewhere', () => {
    const { stderr } = runWith(
      [onlyTwo, ['    minAvailable: 2 # ours: as web', '    minAvailable: 1 # ours: as web']],
      'drill',
      '--assert',
    );
    expect(stderr).toContain('promises[0].ready.api: promises api at least 2 ready when a node is lost');
  });

  test('says that nothing is promised', () => {
    const told = run('drill', '--assert', '--config', file);
    expect(told.stdout).toBe('Nothing is promised: state promises in the configuration.\n');
  });
});

describe('honeydue synth', () => {
  const { status, stdout, stderr } = runWith(
    [['ready: { api: 2, web: 2 }', 'ready: { api: 3, web: 2 }']],
    'check',
  );

  test('refuses manifests that do not keep a promise', () => {
    expect(status).toBe(1);
    expect(stderr).toBe('');
  });

  test('names the field and where it comes from', () => {
    expect(stdout).toContain('promises[0] promises api at least 3 ready when a node is lost');
  });

  test('names the autoscaler where that is why', () => {
    const scaled = runWith([['      enabled: false', '      enabled: true']], 'check');
    expect(scaled.stdout).toMatch(
      /production\.yaml:\d+:\d+ high promises: spec\.minReplicas: promises\[0\] promises api at least 2 ready when a node is lost, and 1 may be all that is left: its autoscaler takes pods away wherever they are/,
    );
  });

  test('takes one more pod for an answer to that', () => {
    const four: Edit = ['    image: api\n    replicas: 3', '    image: api\n    replicas: 4'];
    const scaled = runWith([['      enabled: false', '      enabled: true'], four], 'check');
    expect(scaled).toMatchObject({ status: 0, stderr: '' });
  });
});
