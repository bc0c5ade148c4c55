import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../lib/documents/file';

/**
 * Generates files from a source package. `root` is the directory of the project; the paths of the files are relative to
 * it. The same input gives the same bytes.
 */
export type Generator = (root: string) => OutputFile[] | Promise<OutputFile[]>;

/**
 * Writes the generated files that differ from the existing files.
 *
 * @param check writes nothing, and throws an error that lists the differing files and the command that updates them
 * @returns the paths that were written
 */
export async function regenerate(
  root: string,
  generators: readonly Generator[],
  check: boolean,
): Promise<string[]> {
  const fresh = (await Promise.all(generators.map((generate) => generate(root)))).flat();
  const stale = fresh.filter(({ path, text }) => read(join(root, path)) !== text);
  const paths = stale.map(({ path }) => path);
  if (check && stale.length > 0) {
    throw new Error(
      `not what the generators make: ${paths.join(', ')}. Run npm run imports, and commit the change.`,
    );
  }
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return paths;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
