import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { root } from './support/configuration';
import { live } from './support/live';

expect.extend({ toMatchFile });

/** `__snapshots__/` holds the reviewed output of production, so that a pull request shows what a change does to it. */
const directory = join(root, '__snapshots__');

const files = [
  ...live.files,
  ...live.terraformFiles.map(({ path, text }) => ({ path: join('terraform', path), text })),
];

describe('the output of production', () => {
  test.each(files)('$path is as it was reviewed', ({ path, text }) => {
    withoutCodeFrame(() => expect(text).toMatchFile(join(directory, path)));
  });

  test('has no obsolete snapshot; `npm test -- snapshots -u` removes it', () => {
    const expected = files.map(({ path }) => path);
    const obsolete = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(directory, join(parentPath, name)))
      .filter((path) => !expected.includes(path));
    if (updating()) for (const name of obsolete) rmSync(join(directory, name));
    else expect(obsolete).toEqual([]);
  });
});

/** Jest prints the lines of the test below a failure with a stack. A reviewer needs the manifest's difference only. */
function withoutCodeFrame(assert: () => void): void {
  try {
    assert();
  } catch (error) {
    if (error instanceof Error) error.stack = error.message;
    throw error;
  }
}

/** Whether jest runs with `-u`. Its types lack the field; jest-file-snapshot reads it in the same way. */
function updating(): boolean {
  const { snapshotState } = expect.getState() as unknown as { snapshotState: { _updateSnapshot: string } };
  return snapshotState._updateSnapshot === 'all';
}
