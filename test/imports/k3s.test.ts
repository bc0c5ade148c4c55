import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { k3sReleases } from '../../imports/k3s/generate';
import { lineFile, readLines } from '../../imports/k3s/lines';
import { nextChart } from '../../imports/traefik-chart/next-chart';

const project = resolve(__dirname, '../..');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'k3s-'));
  mkdirSync(join(root, 'imports'));
  for (const folder of ['k3s', 'traefik-chart', 'kubernetes'])
    cpSync(join(project, 'imports', folder), join(root, 'imports', folder), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

function edit(minor: string, find: string, replace: string): void {
  const path = join(root, lineFile(minor));
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  writeFileSync(path, text.replace(find, replace));
}

describe('the kept releases of k3s', () => {
  test('make the table that is loaded', () => {
    const [file] = k3sReleases(project);
    expect(file?.text).toBe(readFileSync(join(project, 'imports/k3s/releases.json'), 'utf8'));
  });

  test('have a source each', () => {
    const sources = readLines(project).flatMap(({ source, releases }) => [
      source,
      ...releases.flatMap((release) => Object.values(release.sources)),
    ]);
    expect(sources.filter((source) => source.trim() === '')).toEqual([]);
  });

  test.each([
    [
      '"chart": "40.1.0"',
      '"chart": "40.9.0"',
      'imports/k3s/1.36.json: v1.36.2+k3s1: imports/traefik-chart has no 40.9.0.json',
    ],
    [
      '"k3s": "v1.36.2+k3s1"',
      '"k3s": "v1.35.2+k3s1"',
      'imports/k3s/1.36.json: v1.35.2+k3s1 must start with v1.36. and contain its kubernetes version, 1.36.2',
    ],
    ['"kubernetes": "1.36.2"', '"kubernetes": "1.36.9"', 'must be listed once, before'],
    ['"helm": "4.1.4"', '"helm": "v4"', 'must be a version such as 1.36.4, without v'],
    ['"date"', '"day"', 'day'],
  ])('%s -> %s is refused', (find, replace, message) => {
    edit('1.36', find, replace);
    expect(() => k3sReleases(root)).toThrow(message);
  });
});

describe('node bin/run.mjs imports/k3s/keep.ts', () => {
  const keep = (...args: string[]) =>
    spawnSync(process.execPath, [join(project, 'bin/run.mjs'), 'imports/k3s/keep.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  const release = (kubernetes: string) => {
    const [last] = readLines(project).at(-2)?.releases.slice(-1) ?? [];
    const path = join(root, 'release.json');
    writeFileSync(path, JSON.stringify({ ...last, k3s: `v${kubernetes}+k3s1`, kubernetes }));
    return path;
  };

  test('adds a release to its minor version, in order', () => {
    expect(keep(release('1.36.6')).status).toBe(0);
    const [file] = k3sReleases(root);
    expect(file?.text).toContain('{"k3s":"v1.36.6+k3s1","kubernetes":"1.36.6"');
  }, 30_000);

  test('refuses a new minor version without the end of its support', () => {
    expect(keep(release('1.38.0')).stderr).toContain(
      'imports/k3s/1.38.json does not exist: pass the end of support of this minor version, and the source of that date',
    );
  }, 30_000);
});

describe('the next version of a chart', () => {
  const known = { source: 'x', version: '1.0.0', keys: { '': 'a logs', logs: 'access' }, renamed: {} };
  const schema = (properties: object) => ({ properties }) as Parameters<typeof nextChart>[0]['schema'];

  test('has what the schema adds, and not what it removes', () => {
    const table = nextChart({
      version: '2.0.0',
      known,
      knownSchema: schema({ a: {}, logs: { properties: { access: {} } } }),
      schema: schema({ b: {}, log: { properties: { level: {} } } }),
      renamed: { 'logs.access': 'log' },
    });
    expect(table).toMatchObject({
      version: '2.0.0',
      keys: { '': 'b log', log: 'level' },
      renamed: { 'logs.access': 'log' },
    });
  });

  test('keeps keys that only values.yaml has, in comments', () => {
    const same = schema({ logs: { properties: { access: {} } } });
    const { keys } = nextChart({ version: '2.0.0', known, knownSchema: same, schema: same, renamed: {} });
    expect(keys).toEqual(known.keys);
  });
});
