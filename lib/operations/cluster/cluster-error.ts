import { OperationError } from '../error';

/** What an API server refuses, or that it can't be reached. */
export class ClusterError extends OperationError {
  /**
   * @param code the HTTP status of the API server's answer; undefined if there is none
   * @param reason the API server's word, such as `Conflict`
   */
  constructor(
    message: string,
    readonly code?: number,
    readonly reason?: string,
    readonly causes: readonly StatusCause[] = [],
  ) {
    super(message);
  }
}

/** One cause in an answer of the API server. */
export interface StatusCause {
  readonly reason?: string;
  readonly field?: string;
  readonly message?: string;
}
