import { mkdirSync, renameSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error';

/**
 * All operations that change the file system. Through this interface, a test can interrupt a run between any two
 * operations.
 */
export interface FileChanges {
  /**
   * The process id, which is part of the names of temporary files. The temporary files of a running process are not
   * removed.
   */
  readonly processId: number;
  /** Creates a directory and its parents. Succeeds if the directory exists. */
  makeDirectory(path: string): void;
  /** Creates a file. Fails if the file exists. */
  createFile(path: string, text: string): void;
  rename(from: string, to: string): void;
  removeFile(path: string): void;
  /** Removes a directory. Fails if the directory is not empty. */
  removeDirectory(path: string): void;
}

/** The operations on the real file system. New files and directories get the user's default mode. */
export const fileChanges: FileChanges = {
  processId: process.pid,
  makeDirectory,
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename: renameSync,
  removeFile: unlinkSync,
  removeDirectory: rmdirSync,
};

/** Node's own recursive mkdir never ends if an existing parent, such as `/proc`, refuses new directories. */
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
