import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthesize } from '../../lib/cli/synthesize';
import { runLive } from '../support/command';
import { root, withDirectoryFor } from '../support/configuration';
import { withResolvedConfiguration } from '../support/resolved';

const config = join(root, 'config', 'production.yaml');

describe.each([['plan'], ['deploy']])('%s of a configuration with unresolved values', (command) => {
  test('counts many, and names the command that lists them', async () => {
    const { length } = synthesize(config).model.unresolved;
    expect(await runLive(command)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${length} values of the manifests are unresolved. npx honeydue unresolved lists them, with the command that finds out each. Nothing was changed.\n`,
    });
  });

  test('lists few, each at its place', async () => {
    await withDirectoryFor(async (directory) => {
      withResolvedConfiguration((path) => cpSync(dirname(path), directory, { recursive: true }));
      const path = join(directory, 'production.yaml');
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace('command: [/app/migrate]', 'command:\n        unresolved: ask the operator'),
      );
      const { status, stderr } = await runLive(command, '--config', path);
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(
          /^\S+production\.yaml:\d+:\d+ workloads\.migration\.command: is unresolved\. To find the value: ask the operator\n/,
        ),
      ]);
    });
  });
});
