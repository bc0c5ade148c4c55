import { OperationError } from '../error';

/** Why a server gave no answer that can be used. */
export type RequestFailure = 'unauthorized' | 'missing' | 'throttled' | 'unreachable' | 'invalid';

/** A server gave no answer that can be used; the message has no place, which the caller adds. */
export class RequestError extends OperationError {
  constructor(
    readonly failure: RequestFailure,
    message: string,
  ) {
    super(message);
  }
}
