/** Something about the cluster or kubectl that the operator must settle. Its message is all that is printed. */
export class ClusterError extends Error {
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
    this.name = 'ClusterError';
  }
}

/** One cause in an answer of the API server. */
export interface StatusCause {
  readonly reason?: string;
  readonly field?: string;
  readonly message?: string;
}
