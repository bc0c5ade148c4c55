/**
 * The generator's parser is a program in WebAssembly that goes on in the global object when the suite has ended.
 *
 * @jest-environment node
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { groups, readNewestCrds } from '../../imports/crds/sources';
import { hcloudBindings } from '../../imports/hcloud/bindings';

const project = resolve(__dirname, '../..');
const kept = (path: string) => readFileSync(join(project, path), 'utf8');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
});

afterEach(() => rmSync(root, { recursive: true }));

describe('npm run imports -- --check', () => {
  test('in a project without the generated files exits 1, says so, and makes none', () => {
    writeFileSync(join(root, 'package.json'), '{}');
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    const sources = [
      'crds/helm.cattle.io',
      'crds/traefik.io',
      'kubernetes/minors',
      'k3s',
      'traefik-chart',
      'hcloud/schema.json',
      'rules/linters.yaml',
      'configuration/keys.yaml',
    ];
    const paths = sources.map((path) => `imports/${path}`);
    for (const source of [...paths, 'examples/every-key/production.yaml']) {
      cpSync(join(project, source), join(root, source), { recursive: true });
    }
    for (const made of ['k3s/releases.json', 'traefik-chart/keys.json']) rmSync(join(root, 'imports', made));

    const command = [join(project, 'bin/run.mjs'), 'imports/main.ts', '--check'];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });

    const hcloud = hcloudBindings(project).map(({ path }) => path);
    expect({ status, stderr, made: existsSync(join(root, 'config')) }).toEqual({
      status: 1,
      stderr:
        'not what the generators make: imports/kubernetes/schema.json, imports/kubernetes/kinds.ts, ' +
        'imports/kubernetes/served.json, imports/kubernetes/merge-keys.json, ' +
        'imports/k3s/releases.json, imports/traefik-chart/keys.json, ' +
        'imports/crds/schema.json, imports/crds/kinds.ts, ' +
        `imports/helm.cattle.io.ts, imports/traefik.io.ts, ${hcloud.join(', ')}, config/schema.json, config/environment-schema.json, docs/configuration.md, docs/rules.md. ` +
        'Run npm run imports, and commit the change.\n',
      made: false,
    });
  });
});

describe('the bindings', () => {
  test("are what cdk8s-cli's own import writes of those kinds", () => {
    // In a process of its own, because it talks.
    const script = `
      const { ImportCustomResourceDefinition } = require(process.argv[1]);
      const write = async (source) => {
        const crds = await ImportCustomResourceDefinition.fromSpec({ source });
        await crds.import({ targetLanguage: 'typescript', outdir: '.' });
      };
      Promise.all(process.argv.slice(2).map(write));`;
    const library = join(project, 'node_modules/cdk8s-cli/lib/import/crd.js');
    const sources = groups.map((group) => join(project, readNewestCrds(project, group).file));
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFileSync(process.execPath, ['-e', script, library, ...sources], { cwd: root, env });

    for (const group of groups) {
      const written = readFileSync(join(root, `${group}.ts`), 'utf8');
      const parts = kept(`imports/${group}.ts`)
        .replace(/^.*\n/, '')
        .split(/\n(?=\/\*\*\n)/);
      expect(parts.filter((part) => !written.includes(part.trim()))).toEqual([]);
    }
  });
});
