import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/command';
import { withDirectory } from '../support/configuration';

const service = (name: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  labels: { app.kubernetes.io/part-of: shop, app.kubernetes.io/managed-by: hand }
spec: { type: NodePort, ports: [{ port: 80 }] }
`;

/** Runs `check` in a directory that holds these files; paths in its output are relative to it. */
function check(files: Readonly<Record<string, string>>, args: (directory: string) => readonly string[]) {
  return withDirectory((directory) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(directory, path, '..'), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const { status, stdout, stderr } = run('check', ...args(directory));
    const local = (text: string) => text.replaceAll(/\S*\/(?=[\w.-]+\.(?:yaml|json))/g, '');
    const read = (path: string) => readFileSync(join(directory, path), 'utf8');
    return {
      status,
      stdout: local(stdout),
      stderr: local(stderr),
      read: files['known.json'] && read('known.json'),
    };
  });
}

describe('check FILE…', () => {
  test('reads the manifests in a directory and below it', () => {
    const files = { 'a.yaml': service('cart'), 'sub/b.yml': service('shop'), 'sub/notes.txt': 'no manifest' };
    expect(check(files, (directory) => [directory]).stdout).toContain('in 2 objects');
  });

  test('leaves hidden directories and node_modules out', () => {
    const files = {
      'a.yaml': service('cart'),
      '.git/b.yaml': service('b'),
      'node_modules/c.yaml': service('c'),
    };
    expect(check(files, (directory) => [directory]).stdout).toContain('in one object');
  });

  test('leaves an ignored rule out', () => {
    const args = ['--ignore', 'service-type', '--severity', 'high'];
    const { status, stdout } = check({ 'a.yaml': service('cart') }, (directory) => [directory, ...args]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('No findings')]);
  });

  test('refuses to ignore a rule that does not exist', () => {
    const { status, stderr } = check({ 'a.yaml': service('cart') }, (directory) => [
      directory,
      '--ignore',
      'service-tpye',
    ]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean "service-type"?')]);
  });

  test('reports only findings of a severity and above', () => {
    const { status } = check({ 'a.yaml': service('cart') }, (directory) => [
      directory,
      '--severity',
      'critical',
    ]);
    expect(status).toBe(0);
  });
});

describe('check --acknowledgements FILE', () => {
  const entry = (object: string, more = '') =>
    `- rule: service-type\n  objects: [${object}]\n  reason: The nodes have no other way in.\n${more}`;
  const acknowledged = (text: string) =>
    check({ 'a/a.yaml': service('cart'), 'acknowledged.yaml': text }, (directory) => [
      join(directory, 'a'),
      '--acknowledgements',
      join(directory, 'acknowledged.yaml'),
    ]);

  test('accepts the findings that it lists', () => {
    const { status, stdout } = acknowledged(entry('Service shop/*'));
    expect([status, stdout]).toEqual([0, expect.stringContaining('; 1 acknowledged.')]);
  });

  test('matches names with blanks by *', () => {
    expect(acknowledged(entry('"*/cart"')).status).toBe(0);
  });

  test('refuses an entry without a finding, at its line', () => {
    const { status, stderr } = acknowledged(entry('Service shop/cart') + entry('Service shop/gone'));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'acknowledged.yaml:5:13 [1].objects[0]: Service shop/gone has no finding of service-type',
      ),
    ]);
  });

  test('refuses an expired entry, at its line', () => {
    const { status, stderr } = acknowledged(entry('Service shop/cart', '  expires: 2020-01-31\n'));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('acknowledged.yaml:4:12 [0].expires: was 2020-01-31'),
    ]);
  });
});

describe('check --baseline FILE', () => {
  const none = '{ "version": 1, "findings": [] }';
  const args = (directory: string) => [
    join(directory, 'a.yaml'),
    ...['--severity', 'high', '--baseline', join(directory, 'known.json')],
  ];
  const update = (directory: string) => [...args(directory), '--update-baseline'];
  const known = check({ 'a.yaml': service('cart'), 'known.json': none }, update).read ?? '';

  test('--update-baseline writes the findings', () => {
    expect(JSON.parse(known)).toEqual({
      version: 1,
      findings: [{ rule: 'service-type', object: 'Service shop/cart', path: 'spec.type' }],
    });
  });

  test('reports no finding that the file names', () => {
    const { status, stdout } = check({ 'a.yaml': service('cart'), 'known.json': known }, args);
    expect([status, stdout]).toEqual([0, expect.stringContaining('known.json names one more finding.')]);
  });

  test('reports a finding that the file does not name', () => {
    const { status, stdout } = check(
      { 'a.yaml': `${service('cart')}---\n${service('pay')}`, 'known.json': known },
      args,
    );
    expect([status, stdout]).toEqual([1, expect.stringContaining('Service shop/pay')]);
  });

  test('counts entries whose findings are gone', () => {
    const good = service('cart').replace('NodePort', 'ClusterIP');
    const { stdout } = check({ 'a.yaml': good, 'known.json': known }, args);
    expect(stdout).toContain('1 of its entries has no finding any more: --update-baseline removes them.');
  });

  test('refuses a file that is no baseline', () => {
    const { status, stderr } = check({ 'a.yaml': service('cart'), 'known.json': '[]' }, args);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('known.json is not a baseline; write it with --update-baseline'),
    ]);
  });
});
