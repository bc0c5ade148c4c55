import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, withDirectory } from './support/configuration';

/** A tree that breaks each rule once; a rule that reports nothing here guards nothing there. */
const planted: Record<string, string> = {
  'lib/config/load.ts': "export const config = 1;\nexport { late } from '../charts/chart';\n",
  'lib/model/bridge.ts': "export { config } from '../config/load';\n",
  'lib/charts/chart.ts': 'export const late = 1;\nexport type Late = number;\n',
  'lib/constructs/through-model.ts': "export { config } from '../model/bridge';\n",
  'lib/constructs/type-only.ts': "import type { Late } from '../charts/chart';\nexport type Mine = Late;\n",
  'lib/checks/rule.ts': "export { config } from '../model/bridge';\n",
  'lib/drill/flows.ts': "export { flow } from '../flows/flow';\n",
  'lib/flows/flow.ts': 'export const flow = 1;\n',
  'lib/synth/reads.ts':
    "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x', 'utf8');\n",
  'lib/report/one.ts': "import { two } from './two';\nexport const one = () => two;\n",
  'lib/report/two.ts': "import { one } from './one';\nexport const two = () => one;\n",
  'lib/impact/read.ts': "export { config } from '../model/bridge';\n",
  'lib/output/unused.ts': 'export const unused = 1;\n',
};

function violations(files: Record<string, string>): string[] {
  return withDirectory((directory) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    for (const path of ['.dependency-cruiser.cjs', 'tsconfig.json'])
      cpSync(join(root, path), join(directory, path));
    const binary = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const { stdout } = spawnSync(process.execPath, [binary, '--output-type', 'json', 'lib'], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  });
}

describe('the layer rule', () => {
  test('reports every planted violation', () => {
    expect(violations(planted)).toEqual(
      expect.arrayContaining([
        'lib/config/load.ts: config-imports-from-the-left',
        'lib/constructs/through-model.ts: constructs-and-checks-never-reach-config',
        'lib/constructs/type-only.ts: constructs-imports-from-the-left',
        'lib/checks/rule.ts: checks-take-documents',
        'lib/drill/flows.ts: drill-takes-documents',
        'lib/synth/reads.ts: files-are-read-by-config-and-written-by-output',
        'lib/report/one.ts: no-cycles',
        'lib/impact/read.ts: impact-takes-documents',
        'lib/output/unused.ts: no-orphans',
      ]),
    );
  });

  test('reports nothing where nothing is wrong', () => {
    expect(
      violations({
        'lib/config/load.ts': 'export const config = 1;\n',
        'lib/model/model.ts': "export { config } from '../config/load';\n",
      }),
    ).toEqual([]);
  });
});
