import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { FileChanges } from './changes';
import { attempt, errorCode, unlessMissing } from './error';

/**
 * Replaces a file atomically: a reader sees either the old or the new file as a whole, even if this process is
 * killed. The file is not synced to the disk, so run the synth again after a power failure.
 */
export function replaceFile(path: string, text: string, changes: FileChanges): void {
  // Another run may remove the empty directory before the file is written. The directory is then created again.
  attempt('written', path, () => {
    if (unlessMissing(() => putFile(path, text, changes)) === undefined) {
      putFile(path, text, changes);
    }
  });
}

function putFile(path: string, text: string, changes: FileChanges): true {
  // The extension is .tmp, because `kubectl apply -f dist/` also reads hidden files with the extension .yaml.
  const temporary = join(dirname(path), `.${basename(path)}.${changes.processId}.tmp`);
  changes.makeDirectory(dirname(path));
  try {
    changes.createFile(temporary, text);
    changes.rename(temporary, path);
    return true;
  } catch (error) {
    removeQuietly(temporary, changes);
    throw error;
  }
}

/**
 * Removes the temporary files of runs that were killed, but not those of a run that is still in progress.
 *
 * @param paths the paths, below `directory`, of all files that `replaceFile` may have been writing
 */
export function removeLeftovers(directory: string, paths: ReadonlySet<string>, changes: FileChanges): void {
  for (const parent of new Set([...paths].map((path) => posix.dirname(path)))) {
    const place = join(directory, parent);
    const names = attempt('read', place, () => unlessMissing(() => readdirSync(place))) ?? [];
    for (const name of names) {
      const [, target, processId] = /^\.(.+)\.([1-9]\d*)\.tmp$/.exec(name) ?? [];
      if (target === undefined || !paths.has(posix.join(parent, target))) {
        continue;
      }
      // A process writes only one output at a time, so a temporary file with the id of this process was left by an
      // earlier process with the same id.
      if (Number(processId) === changes.processId || !isRunning(Number(processId))) {
        removeFile(join(place, name), changes);
      }
    }
  }
}

/**
 * Replaces a file that a person keeps, atomically. A link stays a link to the file that is replaced, and the temporary files of
 * killed runs are removed.
 */
export function rewriteFile(path: string, text: string, changes: FileChanges): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  removeLeftovers(dirname(target), new Set([basename(target)]), changes);
  replaceFile(target, text, changes);
}

/**
 * Removes a file.
 *
 * @returns false if the file was missing
 */
export function removeFile(path: string, changes: FileChanges): boolean {
  return attempt('removed', path, () => {
    const removed = unlessMissing(() => {
      changes.removeFile(path);
      return true;
    });
    return removed ?? false;
  });
}

function removeQuietly(path: string, changes: FileChanges): void {
  try {
    changes.removeFile(path);
  } catch {
    // The original error is more important, and the next run removes the temporary file.
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
