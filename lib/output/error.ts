/** The output directory can't be written. The message has the path, the cause, and what to do. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const notWritable = 'Make it writable for yourself, or choose another output directory';
const full = 'Free some space and run the synth again: every existing file is complete';

const remedies: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  ENOENT: ['the name is not possible for a directory', 'Choose another output directory'],
  EACCES: ['permission denied', notWritable],
  EPERM: ['the operation is not permitted', notWritable],
  EROFS: ['the file system is read-only', notWritable],
  ENOSPC: ['no space is left on the device', full],
  EDQUOT: ['the disk quota is used up', full],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one, or a shorter output directory'],
  EISDIR: ['it is a directory', 'Move it away and run the synth again'],
  EEXIST: ['something else is in its place', 'Move that away and run the synth again'],
  ENOTDIR: ['a part of its path is a file', 'Move that file away and run the synth again'],
};

/**
 * Runs one operation on the file system and explains its failure.
 *
 * @param done the participle of the operation, such as `written`
 * @throws OutputError for an error of the file system; any other error as it is
 */
export function attempt<Result>(done: string, path: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    const [reason, wayOut] = remedies[code] ?? ['the system refused', 'Run the synth again'];
    throw new OutputError(`${path} can't be ${done}: ${reason} (${code}). ${wayOut}.`, { cause: error });
  }
}

/**
 * Runs an operation for which the file may be missing.
 *
 * @returns undefined if it is missing
 */
export function unlessMissing<Result>(step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** `ENOENT` and the like, for an error of the file system. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) {
    return undefined;
  }
  return typeof error.code === 'string' ? error.code : undefined;
}
