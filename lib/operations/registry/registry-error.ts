/** Why a registry gave no digest. */
export type RegistryFailure = 'unauthorized' | 'missing' | 'throttled' | 'unreachable' | 'invalid';

/** A registry gave no digest; the message has no place, which the caller adds. */
export class RegistryError extends Error {
  constructor(
    readonly failure: RegistryFailure,
    message: string,
  ) {
    super(message);
    this.name = 'RegistryError';
  }
}
