import { randomBytes } from 'node:crypto';
import { OperationError } from '../../error';

/** A file's data key, encrypted for one recipient. */
export interface AgeRecipientKey {
  readonly recipient: string;
  /** The encrypted key as an armored age file. */
  readonly enc: string;
}

/** age is loaded on demand, because loading takes a third of a second. */
function loadAge() {
  return require('age-encryption') as typeof import('age-encryption', { with: {
    'resolution-mode': 'import',
  }});
}

export function createDataKey(): Uint8Array {
  return randomBytes(32);
}

/** Encrypts a data key for each recipient. */
export async function encryptDataKey(
  key: Uint8Array,
  recipients: readonly string[],
): Promise<AgeRecipientKey[]> {
  const { armor, Encrypter } = loadAge();
  return Promise.all(
    recipients.map(async (recipient) => {
      const encrypter = new Encrypter();
      try {
        encrypter.addRecipient(recipient);
      } catch {
        throw new OperationError(
          `${recipient} is not an age recipient; age-keygen -y prints the recipient of an identity file.`,
        );
      }
      return { recipient, enc: armor.encode(await encrypter.encrypt(key)) };
    }),
  );
}

/**
 * Decrypts a data key with the first identity that fits.
 *
 * @returns undefined if no identity fits
 */
export async function decryptDataKey(
  keys: readonly AgeRecipientKey[],
  identities: readonly string[],
): Promise<Uint8Array | undefined> {
  const { armor, Decrypter } = loadAge();
  for (const { enc } of keys) {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    try {
      return await decrypter.decrypt(armor.decode(enc));
    } catch {
      // The key is for another recipient, or damaged: the next one may fit.
    }
  }
  return undefined;
}

/** Creates an identity. `recipientOf` returns its public key. */
export function createIdentity(): Promise<string> {
  return loadAge().generateX25519Identity();
}

/** @returns undefined if the identity is not valid */
export async function recipientOf(identity: string): Promise<string | undefined> {
  try {
    return await loadAge().identityToRecipient(identity);
  } catch {
    return undefined;
  }
}
