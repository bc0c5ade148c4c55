import { join } from 'node:path';
import type { OutputFile } from '../documents/file';
import { type FileChanges, fileChanges } from './changes';
import { OutputError } from './error';
import { holds, inspect, inspectDirectory, parentsOf } from './inspect';
import { isOwnable, type ListNotes, listName, type OutputSide, readList, writeList } from './owned';
import { removeFile, removeLeftovers, replaceFile } from './replace';

/** What a run did with each file, by its path below the output directory. */
export interface WriteResult {
  readonly written: readonly string[];
  /** Files that already had this content. Their modification time does not change. */
  readonly unchanged: readonly string[];
  /** Files of earlier runs that are no longer part of the output. The objects in these files stay in the cluster. */
  readonly removed: readonly string[];
}

/**
 * Writes `files` into the output directory and removes older files of this side. It changes nothing else:
 * no files of the other side, no `.terraform/` and no files of the user.
 *
 * A list names each file before it exists. If a run is killed, each file is entirely old or entirely new, and
 * the next run completes the work. If two runs overlap, the last one wins for each file; a file can stay
 * unlisted only if both replace the list at the same moment.
 *
 * An unlisted file with the name of one of `files` is replaced: most likely it is from an older output whose
 * list was deleted.
 *
 * @param changes the operations on the file system
 * @param owner the deployment that the list records; without it the recorded one stays
 * @param notes the notes that the list records; without them the recorded ones stay
 * @throws OutputError if the directory can't be written; everything is checked before the first change
 */
export function writeOutput(
  directory: string,
  side: OutputSide,
  files: readonly OutputFile[],
  changes: FileChanges = fileChanges,
  owner?: string,
  notes?: ListNotes,
): WriteResult {
  const wanted = pathsOf(files);
  inspectDirectory(directory);
  refuseOtherSides(directory, side, wanted);
  const listed = readList(directory, side);
  const changed = files.filter(
    ({ path, text }) => !holds(join(directory, path), inspect(directory, path), text),
  );
  const stale = listed.filter((path) => !wanted.has(path));
  const there = stale.filter((path) => inspect(directory, path) !== undefined);
  const known = new Set([...listed, ...wanted]);

  removeLeftovers(directory, new Set([...known, listName(side)]), changes);
  writeList(directory, side, known, changes, owner, notes);
  for (const { path, text } of changed) {
    replaceFile(join(directory, path), text, changes);
  }
  const removed = there.filter((path) => removeFile(join(directory, path), changes));
  removeEmptyDirectories(directory, stale, changes);
  // A removed file that exists again stays in the list, because another run may have written it meanwhile.
  const left = readList(directory, side).filter((path) => inspect(directory, path) !== undefined);
  writeList(directory, side, new Set([...wanted, ...left]), changes, owner, notes);

  const written = new Set(changed.map(({ path }) => path));
  return { written: [...written], unchanged: [...wanted].filter((path) => !written.has(path)), removed };
}

/**
 * The paths of the files.
 *
 * @throws OutputError if a path is not valid, or if two files can't both exist. This is a bug of the program that
 * uses this package
 */
function pathsOf(files: readonly OutputFile[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (!isOwnable(path)) {
      throw new OutputError(
        `${JSON.stringify(path)} can't be the path of an output file. Use a relative path that has / between ` +
          'its parts, and no part that starts with a dot.',
      );
    }
    if (paths.has(path)) {
      throw new OutputError(`The output contains two files with the path ${path}. Rename one of them.`);
    }
    paths.add(path);
  }
  for (const path of paths) {
    const parent = parentsOf(path).find((candidate) => paths.has(candidate));
    if (parent !== undefined) {
      throw new OutputError(
        `The output contains the file ${parent} and also ${path}, which needs a directory with that name. Rename one of the two files.`,
      );
    }
  }
  return paths;
}

/**
 * If both halves of the output had a file with the same path, each synth would silently replace the file of the
 * other.
 */
function refuseOtherSides(directory: string, side: OutputSide, wanted: ReadonlySet<string>): void {
  const other = side === 'kubernetes' ? 'terraform' : 'kubernetes';
  const path = readList(directory, other).find((candidate) => wanted.has(candidate));
  if (path !== undefined) {
    throw new OutputError(
      `${join(directory, path)} belongs to the ${other} output, but the ${side} output also has a file with this path. ` +
        `Nothing was changed. Rename one of the two files. If the ${other} output no longer contains the file, synthesize ${other} first.`,
    );
  }
}

/** Removes the directories that are empty after their files were removed. */
function removeEmptyDirectories(directory: string, removed: readonly string[], changes: FileChanges): void {
  const parents = [...new Set(removed.flatMap(parentsOf))];
  // The path of a directory is longer than that of its parent, so the innermost directories are removed first.
  for (const parent of parents.sort((a, b) => b.length - a.length)) {
    try {
      changes.removeDirectory(join(directory, parent));
    } catch {
      // The directory is not empty or no longer exists. Both are fine.
    }
  }
}
