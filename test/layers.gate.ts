import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, withDirectory } from './support/configuration';

/** One violation of each rule: a rule that reports none of these guards nothing. */
const planted: Record<string, string> = {
  'lib/documents/late.ts': "export { rule } from '../kubernetes/rule';\n",
  'lib/kubernetes/rule.ts': "export type { Other } from '../terraform/other';\nexport const rule = 1;\n",
  'lib/terraform/other.ts': 'export type Other = number;\n',
  'lib/constructs/web.ts':
    "import type { Late } from '../deployment/charts/chart';\nexport type Mine = Late;\n",
  'lib/analysis/rules/rule.ts': "export { config } from '../../deployment/config/load';\n",
  'lib/analysis/flows/flow.ts': "export { drill } from '../drill/drill';\n",
  'lib/analysis/drill/drill.ts': 'export const drill = 1;\n',
  'lib/deployment/config/load.ts': "export const config = 1;\nexport { late } from '../charts/chart';\n",
  'lib/deployment/charts/chart.ts': 'export const late = 1;\nexport type Late = number;\n',
  'lib/deployment/synth/reads.ts':
    "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x', 'utf8');\n",
  'lib/report/one.ts': "import { two } from './two';\nexport const one = () => two;\n",
  'lib/report/two.ts': "import { one } from './one';\nexport const two = () => one;\n",
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
        'lib/documents/late.ts: documents-imports-downwards',
        'lib/kubernetes/rule.ts: kubernetes-imports-downwards',
        'lib/constructs/web.ts: constructs-imports-downwards',
        'lib/analysis/rules/rule.ts: analysis-imports-downwards',
        'lib/analysis/flows/flow.ts: analysis-flows-asks-the-models',
        'lib/deployment/config/load.ts: deployment-config-imports-downwards',
        'lib/deployment/synth/reads.ts: files-are-read-by-input-and-config-and-written-by-output',
        'lib/report/one.ts: no-cycles',
        'lib/output/unused.ts: no-orphans',
      ]),
    );
  });

  test('reports nothing where nothing is wrong', () => {
    expect(
      violations({
        'lib/deployment/config/load.ts': 'export const config = 1;\n',
        'lib/deployment/model/model.ts': "export { config } from '../config/load';\n",
      }),
    ).toEqual([]);
  });
});
