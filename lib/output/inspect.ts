import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { attempt, OutputError } from './error';

const again = 'and run the synth again. Nothing was changed.';

/**
 * Checks that the path of the output directory is a directory, or does not exist.
 *
 * @throws OutputError if the path is a file or a broken symbolic link
 */
export function inspectDirectory(directory: string): void {
  const stats = attempt('read', directory, () => statSync(directory, { throwIfNoEntry: false }));
  if (stats === undefined && look(directory)?.isSymbolicLink()) {
    throw new OutputError(
      `${directory} is a broken symbolic link. Create the directory that it points to, or remove the link ${again}`,
    );
  }
  if (stats !== undefined && !stats.isDirectory()) {
    throw new OutputError(
      `${directory} is a file, but the output needs a directory with this path. Move the file to another place ${again}`,
    );
  }
}

/**
 * Returns information about a file of the output. Symbolic links are not followed, also not in the directories above
 * the file, because files behind a link do not belong to the output.
 *
 * @returns undefined if the file is missing
 * @throws OutputError if a parent of the path is a link or a file, or if the path is a directory
 */
export function inspect(directory: string, path: string): Stats | undefined {
  for (const parent of parentsOf(path).reverse()) {
    const place = join(directory, parent);
    const stats = look(place);
    if (stats === undefined) {
      return undefined;
    }
    if (!stats.isDirectory()) {
      const what = stats.isSymbolicLink() ? 'symbolic link' : 'file';
      throw new OutputError(
        `${place} is a ${what}, but the output has, or had, the file ${path}, which needs a directory with this name. ` +
          `Move the ${what} to another place ${again}`,
      );
    }
  }
  const stats = look(join(directory, path));
  if (stats?.isDirectory()) {
    throw new OutputError(
      `${join(directory, path)} is a directory, but the output has, or had, a file with this name. ` +
        `Move the directory to another place ${again}`,
    );
  }
  return stats;
}

/** Whether a path is a regular file with this content. */
export function holds(path: string, stats: Stats | undefined, text: string): boolean {
  if (!stats?.isFile() || stats.size !== Buffer.byteLength(text)) {
    return false;
  }
  return attempt('read', path, () => readFileSync(path)).equals(Buffer.from(text));
}

/** The directories between the output directory and a path, innermost first. */
export function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [parent, ...parentsOf(parent)];
}

function look(path: string): Stats | undefined {
  return attempt('read', path, () => lstatSync(path, { throwIfNoEntry: false }));
}
