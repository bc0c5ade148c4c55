import { mkdirSync, renameSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error';

/** Every way in which the output changes the file system, so that a test can stop between any two of them. */
export interface FileChanges {
  /** The process that temporary files are named after: those of a running one are left alone. */
  readonly processId: number;
  /** Makes a directory and its parents; it may be there already. */
  makeDirectory(path: string): void;
  /** Makes a new file; fails if the name is taken. */
  createFile(path: string, text: string): void;
  rename(from: string, to: string): void;
  removeFile(path: string): void;
  /** Fails on a directory that isn't empty. */
  removeDirectory(path: string): void;
}

/** The real ones. New files and directories get the user's default mode. */
export const fileChanges: FileChanges = {
  processId: process.pid,
  makeDirectory,
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename: renameSync,
  removeFile: unlinkSync,
  removeDirectory: rmdirSync,
};

/** Not left to Node: where no directory can be made in an existing one, as in `/proc`, it tries for ever. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const parent = dirname(path);
    const code = errorCode(error);
    if (code === 'ENOENT' && !isDirectory(parent)) {
      makeDirectory(parent);
      makeDirectory(path);
    } else if (code !== 'EEXIST' || !isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
