import { mkdirSync, renameSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error';

/** All operations that change the file system. A test can interrupt a run between any two of them. */
export interface FileChanges {
  /** The process id in the names of temporary files. Files of a running process are not removed. */
  readonly processId: number;
  /** Creates a directory and its parents; it may exist. */
  makeDirectory(path: string): void;
  /** Creates a file; fails if it exists. */
  createFile(path: string, text: string): void;
  rename(from: string, to: string): void;
  removeFile(path: string): void;
  /** Removes a directory; fails if it isn't empty. */
  removeDirectory(path: string): void;
}

/** The real operations. New files and directories get the user's default mode. */
export const fileChanges: FileChanges = {
  processId: process.pid,
  makeDirectory,
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename: renameSync,
  removeFile: unlinkSync,
  removeDirectory: rmdirSync,
};

/** Node's recursive mkdir loops for ever where an existing directory refuses new ones, such as `/proc`. */
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
