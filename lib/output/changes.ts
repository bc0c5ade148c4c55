import { mkdirSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';

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
  makeDirectory: (path) => {
    mkdirSync(path, { recursive: true });
  },
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename: renameSync,
  removeFile: unlinkSync,
  removeDirectory: rmdirSync,
};
