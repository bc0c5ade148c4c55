import { OperationError } from '../error';

/** The API server refused a request, or can't be reached. */
export class ClusterError extends OperationError {
  /**
   * @param code the HTTP status of the answer; undefined if there was no answer
   * @param reason the reason in the API server's Status object, such as `Conflict`
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

export interface StatusCause {
  readonly reason?: string;
  readonly field?: string;
  readonly message?: string;
}
