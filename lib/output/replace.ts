import { readdirSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { FileChanges } from './changes';
import { attempt, errorCode, unlessMissing } from './error';

/**
 * Puts `text` at `path` in one step: whoever reads it sees all of the old file or all of the new one, also when
 * this process is killed. Nothing is synced to the disk, so after a power cut the synth has to be run again.
 */
export function replaceFile(path: string, text: string, changes: FileChanges): void {
  // Another run may remove the directory just before its first file is there. Then it is made once more.
  attempt('written', path, () => {
    if (unlessMissing(() => putFile(path, text, changes)) === undefined) {
      putFile(path, text, changes);
    }
  });
}

function putFile(path: string, text: string, changes: FileChanges): true {
  // Ends in .tmp because `kubectl apply -f dist/` reads names that start with a dot, too.
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
 * Removes the temporary files of killed runs. Those of a run that goes on at the same time stay.
 *
 * @param paths below `directory`, what `replaceFile` may have been writing
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
      // One process writes one output at a time, so a file of this one's number is another's of the past.
      if (Number(processId) === changes.processId || !isRunning(Number(processId))) {
        removeFile(join(place, name), changes);
      }
    }
  }
}

/** @returns false if there was no such file */
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
    // The error that led here matters more, and the next run removes what is left.
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
