import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, withDirectory } from '../support/configuration';
import { live } from '../support/live';

test('npx cdk8s synth writes the same bytes into the directory that it names', () => {
  withDirectory((directory) => {
    const out = join(directory, 'cdk8s');
    const { status } = spawnSync(join(root, 'node_modules', '.bin', 'cdk8s'), ['synth', '--output', out], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: directory, CHECK_UPGRADE: '0' },
    });
    expect(status).toBe(0);
    const names = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(yaml|sh)$/.test(name),
    );
    expect(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]).sort()).toEqual(
      live.files.map(({ path, text }) => [path, text]).sort(),
    );
  });
});
