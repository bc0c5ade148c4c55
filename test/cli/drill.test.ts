import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drillAssumptions } from '../../lib/analysis/drill/assumptions';
import { run } from '../support/command';
import { type Edit, edited, fixtures, withConfiguration, withDirectory } from '../support/configuration';
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
    expect(told).toMatch(
      /^ {2}worker: 0 of 1 stay ready; all pods ready again within 6 min 12 s, plus the pull /m,
    );
    expect(told).toMatch(/^ {2}api keeps 2 of 3 pods ready\n {6}3-api\.k8s\.yaml:\d+ spec\.replicas\n/m);
  });

  test.each([['--format', 'json'], ['--assert']])('prints no single failure with %s', (...option) => {
    const { status, stderr } = run('drill', 'node-lost', ...option);
    expect([status, stderr]).toEqual([
      2,
      'A single failure is printed as text only: remove node-lost, or remove --format json and --assert.\n',
    ]);
  });

  test('says what failures there are', () => {
    expect(run('drill', 'flood', '--config', file)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^flood is not a failure; the failures are node-lost, /),
    });
  });

  test('lists in its help what it assumes', () => {
    expect(run('drill', '--help').stdout).toContain(drillAssumptions[0]);
  });
});

describe('honeydue drill FILE…', () => {
  const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      nodeSelector: { disk: fast }
      containers: [{ name: cart, image: cart, resources: { requests: { cpu: 3 } } }]
`;
  const nodes = (...disks: string[]) =>
    disks
      .map((disk, index) => `- { name: n${index}, cpu: 4, memory: 8Gi, labels: { disk: ${disk} } }\n`)
      .join('');

  /** A drill in a directory with the manifest in `shop/cart.yaml` and nodes in `nodes.yaml`. */
  function drilled(listed: string, ...args: string[]) {
    return withDirectory((directory) => {
      mkdirSync(join(directory, 'shop'));
      writeFileSync(join(directory, 'shop', 'cart.yaml'), manifest);
      writeFileSync(join(directory, 'nodes.yaml'), listed);
      const named = args.map((each) => each.replace('DIRECTORY', directory));
      return run('drill', join(directory, 'shop'), ...named);
    });
  }

  test('takes nodes from a file, and manifests from a directory', () => {
    const file = ['--nodes', 'DIRECTORY/nodes.yaml'];
    const fits = drilled(nodes('fast', 'fast', 'fast'), 'node-lost', ...file);
    expect(fits.stdout).toMatch(/cart: 1 of 2 stay ready; all pods ready again within/);
    expect(fits.stdout).toMatch(/cart\.yaml:\d+ /);
    const full = drilled(nodes('fast', 'slow', 'slow'), 'node-lost', ...file);
    expect(full.stdout).toMatch(/cart: 0 of 2 stay ready; until .*not guaranteed even without a failure/);
  });

  test('prints one line for manifests without workloads', () => {
    const { status, stdout } = withDirectory((directory) => {
      const path = join(directory, 'namespace.yaml');
      writeFileSync(path, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
      return run('drill', path);
    });
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^The input has no workloads\. A drill needs at least one of: .*\bDeployment\b.*\.\n$/,
      ),
    ]);
  });

  test('takes equal nodes from flags', () => {
    const { stdout } = drilled(
      '',
      '--node-count',
      '2',
      '--node-cpu',
      '4',
      '--node-memory',
      '8Gi',
      '--format',
      'json',
    );
    const { assumptions: assumed } = JSON.parse(stdout) as { assumptions: string[] };
    expect(assumed).toEqual([
      ...drillAssumptions,
      expect.stringMatching(/no labels/),
      expect.stringMatching(/no node is marked as a server/),
    ]);
  });

  test('says what it assumes where nothing is stated', () => {
    const { stdout } = drilled('');
    expect(stdout).toMatch(
      /^Assumed about the nodes, because no option sets it: that there are 3 \(--node-count\)/,
    );
  });

  test.each([
    [['--node-cpu', '4x'], /It must be a quantity above 0/],
    [['--node-count', '0'], /It must be a number from 1 to 1000/],
    [['--nodes', 'a', '--node-count', '3'], /cannot be used with/],
    [['--nodes', 'DIRECTORY/none.yaml'], /there is no such file/],
    [['--assert'], /--assert checks the promises of a configuration, but files have no promises/],
    [['node-lost', 'rollout'], /node-lost and rollout: name one failure at a time/],
    [['flood'], /^flood is not a failure; the failures are node-lost, /],
    [['DIRECTORY/other.yaml'], /other\.yaml:1:1 there is no such file/],
  ])('refuses %j', (args, why) => {
    expect(drilled('', ...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(why) });
  });

  test('a configuration states its own nodes', () => {
    expect(run('drill', '--node-count', '3', '--config', file)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^The configuration describes its own nodes:/),
    });
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
      /production\.yaml:\d+:\d+ promises\[0\]\.ready\.web: promises that web has at least 3 ready pods when a node is lost, but possibly only 2 are ready; see Deployment honeydue\/web: /,
    );
  });

  test('says so of what is changed elsewhere', () => {
    const { stderr } = runWith(
      [onlyTwo, ['    minAvailable: 2 # ours: as web', '    minAvailable: 1 # ours: as web']],
      'drill',
      '--assert',
    );
    expect(stderr).toContain(
      'promises[0].ready.api: promises that api has at least 2 ready pods when a node is lost',
    );
  });

  test('says that nothing is promised', () => {
    const told = run('drill', '--assert', '--config', file);
    expect(told.stdout).toBe('The configuration has no promises: add them under `promises`.\n');
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
    expect(stdout).toContain('promises[0] promises that api has at least 3 ready pods when a node is lost');
  });

  test('names the autoscaler where that is why', () => {
    const scaled = runWith([['      enabled: false', '      enabled: true']], 'check');
    expect(scaled.stdout).toMatch(
      /production\.yaml:\d+:\d+ high promises: spec\.minReplicas: promises\[0\] promises that api has at least 2 ready pods when a node is lost, but possibly only 1 is ready, because the autoscaler may remove pods on any node/,
    );
  });

  test('takes one more pod for an answer to that', () => {
    const four: Edit = ['    image: api\n    replicas: 3', '    image: api\n    replicas: 4'];
    const scaled = runWith([['      enabled: false', '      enabled: true'], four], 'check');
    expect(scaled).toMatchObject({ status: 0, stderr: '' });
  });
});
