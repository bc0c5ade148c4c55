/** The error that the output directory can't be written. The message contains the path, the cause, and what to do. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const notWritable = 'Give yourself write permission for this path, or choose another output directory';
const full = 'Free some space and run the synth again: every existing file is complete';

const remedies: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  ENOENT: [
    'the operating system does not allow this name for a directory',
    'Choose another output directory',
  ],
  EACCES: ['permission denied', notWritable],
  EPERM: ['the operation is not permitted', notWritable],
  EROFS: ['the file system is read-only', notWritable],
  ENOSPC: ['no space is left on the device', full],
  EDQUOT: ['the disk quota is used up', full],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter name, or an output directory with a shorter path'],
  EISDIR: ['the path is a directory', 'Move the directory to another place and run the synth again'],
  EEXIST: ['another file or directory has this path', 'Move it to another place and run the synth again'],
  ENOTDIR: ['a parent of the path is a file', 'Move that file to another place and run the synth again'],
};

/**
 * Runs an operation on the file system, and explains a failure.
 *
 * @param done the participle of the operation for the message, such as `written`
 * @throws OutputError for an error of the file system. Any other error is thrown unchanged
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
 * Runs an operation on a file that may be missing.
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

/** The code of a file system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) {
    return undefined;
  }
  return typeof error.code === 'string' ? error.code : undefined;
}
