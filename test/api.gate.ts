import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/configuration';

function run(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', program), ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

/** Holds the declarations in `build/api` against a report; without `--local`, API Extractor changes none. */
function compare(...args: string[]) {
  return run('@microsoft/api-extractor/bin/api-extractor', 'run', ...args);
}

const changed = { status: 1, output: expect.stringContaining('You have changed the API signature') };

test('docs/library.api.md reports the API; `npm run api` writes it', () => {
  const declarations = ['--project', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', 'build/api'];
  expect(run('typescript/bin/tsc', ...declarations)).toEqual({ status: 0, output: '' });
  expect(compare()).toMatchObject({ status: 0 });
  const directory = join(root, 'build', 'api', 'another');
  mkdirSync(directory, { recursive: true });
  const configuration = join(directory, 'api-extractor.json');
  const extended = { extends: '../../../api-extractor.json', projectFolder: root };
  writeFileSync(
    configuration,
    JSON.stringify({ ...extended, apiReport: { enabled: true, reportFolder: directory } }),
  );
  writeFileSync(join(directory, 'library.api.md'), 'Another API\n');
  expect(compare('--config', configuration)).toMatchObject(changed);
});
