import { writeFileSync } from 'node:fs';
import { type FileChanges, fileChanges } from '../../output/changes';
import { rewriteFile } from '../../output/replace';

const changes: FileChanges = {
  ...fileChanges,
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx', mode: 0o600 }),
};

/** Replaces a file that only this user can read, also while it is written. */
export function writePrivateFile(path: string, text: string): void {
  rewriteFile(path, text, changes);
}
