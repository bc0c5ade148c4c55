/**
 * What Hetzner's API answers to a request that it refuses.
 *
 * @see https://docs.hetzner.cloud/reference/cloud#errors
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
