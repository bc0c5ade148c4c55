import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthesize } from '../lib/cli/synthesize';
import type { OutputFile } from '../lib/documents/file';
import { root, withDirectory } from './support/configuration';

/** What secretlint's recommended rules find in files, by their paths. */
function secretsIn(files: readonly OutputFile[]): string[] {
  return withDirectory((directory) => {
    const paths = files.map(({ path, text }) => {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    const script = join(root, 'test', 'support', 'secretlint.mjs');
    const found = execFileSync(process.execPath, [script, ...paths], { cwd: root, encoding: 'utf8' });
    return (JSON.parse(found) as string[]).map((line) => line.replace(`${directory}/`, ''));
  });
}

const { files, terraformFiles } = synthesize(join(root, 'config', 'production.yaml'));

test('secretlint finds nothing in what production synthesizes', () => {
  expect(files.length + terraformFiles.length).toBeGreaterThan(10);
  expect(secretsIn([...files, ...terraformFiles])).toEqual([]);
});

test('secretlint finds a secret in any of it', () => {
  const key = [
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\n',
    'MIIEpQ'.repeat(20),
    '\n-----END RSA PRIVATE KEY-----\n',
  ].join('');
  const planted = [...files, ...terraformFiles].map(({ path, text }) => ({ path, text: `${text}${key}` }));
  expect(new Set(secretsIn(planted).map((line) => line.split(':')[0]))).toEqual(
    new Set(planted.map(({ path }) => path)),
  );
});
