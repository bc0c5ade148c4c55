/** What an operation can't do, in a sentence with the way out; the command fails with it and prints no stack trace. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
}
