import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { attempt, OutputError } from './error';

const again = 'and run the synth again. Nothing was changed.';

/** @throws OutputError if something that is no directory, or leads to none, is in the output directory's place */
export function inspectDirectory(directory: string): void {
  const stats = attempt('read', directory, () => statSync(directory, { throwIfNoEntry: false }));
  if (stats === undefined && look(directory)?.isSymbolicLink()) {
    throw new OutputError(
      `${directory} is a symbolic link to nothing. Make the directory that it names, or remove the link ${again}`,
    );
  }
  if (stats !== undefined && !stats.isDirectory()) {
    throw new OutputError(
      `${directory} is a file, but the output needs a directory there. Move it away ${again}`,
    );
  }
}

/**
 * Looks at a file of the output without following links, neither at its end nor on the way: what lies behind a
 * link isn't this output's to replace or to remove.
 *
 * @returns undefined if nothing is there
 * @throws OutputError if the path leads through a link or a file, or if it is a directory
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
        `${place} is a ${what}, but the output's ${path} is, or was, in a directory of that name. ` +
          `Move the ${what} away ${again}`,
      );
    }
  }
  const stats = look(join(directory, path));
  if (stats?.isDirectory()) {
    throw new OutputError(
      `${join(directory, path)} is a directory, but the output has, or had, a file of that name. ` +
        `Move the directory away ${again}`,
    );
  }
  return stats;
}

/** Whether `path` is a regular file with exactly this content. */
export function holds(path: string, stats: Stats | undefined, text: string): boolean {
  if (!stats?.isFile() || stats.size !== Buffer.byteLength(text)) {
    return false;
  }
  return attempt('read', path, () => readFileSync(path)).equals(Buffer.from(text));
}

/** The directories between the output directory and a path in it, the innermost first. */
export function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [parent, ...parentsOf(parent)];
}

function look(path: string): Stats | undefined {
  return attempt('read', path, () => lstatSync(path, { throwIfNoEntry: false }));
}
