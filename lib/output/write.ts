import { join } from 'node:path';
import type { OutputFile } from '../documents/file';
import { type FileChanges, fileChanges } from './changes';
import { OutputError } from './error';
import { holds, inspect, inspectDirectory, parentsOf } from './inspect';
import { isOwnable, type ListNotes, listName, type OutputSide, readList, writeList } from './owned';
import { removeFile, removeLeftovers, replaceFile } from './replace';

/** Paths below the output directory. */
export interface WriteResult {
  readonly written: readonly string[];
  /** They had the right content already, and keep the time of their last change. */
  readonly unchanged: readonly string[];
  /** Earlier runs wrote them and this one has no such files. Their objects go on running in the cluster. */
  readonly removed: readonly string[];
}

/**
 * Makes the output directory hold `files` and no older ones of this side, and touches nothing else: not the other
 * side's files, not Terraform's `.terraform/`, not a note that somebody left there.
 *
 * It knows its own files by a list, which names each of them before it exists. So whenever it is killed, each file
 * is wholly old or wholly new, and the next run finishes the work. Of two runs at the same time the last one wins,
 * file by file; only if both replace the list in the same moment can a file stay behind that no list names.
 *
 * A file that isn't listed and has the name of one of `files` is replaced: most likely it is an older output whose
 * list was deleted.
 *
 * @param changes what to change the file system with
 * @param owner the deployment that the files belong to, which the list records; without one the recorded one stays
 * @param notes what the list records apart from the files; without them the recorded ones stay
 * @throws OutputError if the directory can't be written as asked; everything is looked at before the first change
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
  // Nothing that is still there leaves the list: another run may have written it meanwhile.
  const left = readList(directory, side).filter((path) => inspect(directory, path) !== undefined);
  writeList(directory, side, new Set([...wanted, ...left]), changes, owner, notes);

  const written = new Set(changed.map(({ path }) => path));
  return { written: [...written], unchanged: [...wanted].filter((path) => !written.has(path)), removed };
}

/** The paths of files that can all exist at once. What it refuses is a mistake of the app. */
function pathsOf(files: readonly OutputFile[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (!isOwnable(path)) {
      throw new OutputError(
        `${JSON.stringify(path)} can't be a file of the output. Give it a path that is relative, has / between ` +
          'its parts, and no part that starts with a dot.',
      );
    }
    if (paths.has(path)) {
      throw new OutputError(`The output has the file ${path} twice. Rename one of them.`);
    }
    paths.add(path);
  }
  for (const path of paths) {
    const parent = parentsOf(path).find((candidate) => paths.has(candidate));
    if (parent !== undefined) {
      throw new OutputError(`The output has the file ${parent} and ${path} below it. Rename one of them.`);
    }
  }
  return paths;
}

/** Two sides with one file would replace it in turns, and nobody would notice. */
function refuseOtherSides(directory: string, side: OutputSide, wanted: ReadonlySet<string>): void {
  const other = side === 'kubernetes' ? 'terraform' : 'kubernetes';
  const path = readList(directory, other).find((candidate) => wanted.has(candidate));
  if (path !== undefined) {
    throw new OutputError(
      `${join(directory, path)} is the ${other} output's, and the ${side} output has a file of that name, too. ` +
        `Nothing was changed. Rename one of them; if ${other} no longer has it, synthesize ${other} first.`,
    );
  }
}

/** Directories that only held files of ours; whatever else lies in one keeps it. */
function removeEmptyDirectories(directory: string, removed: readonly string[], changes: FileChanges): void {
  const parents = [...new Set(removed.flatMap(parentsOf))];
  // A directory's path is longer than its parent's: the innermost go first.
  for (const parent of parents.sort((a, b) => b.length - a.length)) {
    try {
      changes.removeDirectory(join(directory, parent));
    } catch {
      // Not empty, or gone already. Nothing depends on it.
    }
  }
}
