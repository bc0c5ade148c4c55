import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { root } from './support/configuration';
import { live } from './support/live';

expect.extend({ toMatchFile });

/** `__snapshots__/` holds what production is, file by file: a pull request shows a change as what it changes. */
const directory = join(root, '__snapshots__');

const files = [
  ...live.files,
  ...live.terraformFiles.map(({ path, text }) => ({ path: join('terraform', path), text })),
];

describe('the output of production', () => {
  test.each(files)('$path is as it was reviewed', ({ path, text }) => {
    expect(text).toMatchFile(join(directory, path));
  });

  test('has no snapshot that no file answers to; `npm test -- -u` removes it', () => {
    const answered = files.map(({ path }) => path);
    const obsolete = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(directory, join(parentPath, name)))
      .filter((path) => !answered.includes(path));
    if (updating()) for (const name of obsolete) rmSync(join(directory, name));
    else expect(obsolete).toEqual([]);
  });
});

/** Whether jest was told `-u`. Its types leave the field out, and jest-file-snapshot reads it in the same way. */
function updating(): boolean {
  const { snapshotState } = expect.getState() as unknown as { snapshotState: { _updateSnapshot: string } };
  return snapshotState._updateSnapshot === 'all';
}
