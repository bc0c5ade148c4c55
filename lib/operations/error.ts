/** An operation failed. The message says why and what to do; it is printed without a stack trace. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
}
