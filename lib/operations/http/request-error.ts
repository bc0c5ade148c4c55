import { OperationError } from '../error';

/** Why a server gave no usable answer. */
export type RequestFailure = 'unauthorized' | 'missing' | 'throttled' | 'unreachable' | 'invalid';

/** A server gave no usable answer. The message has no place in the configuration; the caller adds it. */
export class RequestError extends OperationError {
  constructor(
    readonly failure: RequestFailure,
    message: string,
  ) {
    super(message);
  }
}
