import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** An encrypted value in SOPS format: `ENC[AES256_GCM,data:…,iv:…,tag:…,type:str]`. */
const pattern =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/=]+),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:([a-z]+)\]$/;

/** SOPS uses a nonce of 32 bytes, while 12 are usual for GCM. */
const nonceLength = 32;
const tagLength = 16;

/** A decrypted value, with the type that SOPS recorded. */
export interface SopsPlaintext {
  readonly bytes: Buffer;
  readonly type: string;
}

export function isEncryptedValue(text: string): boolean {
  return pattern.test(text);
}

/** The additional authenticated data of a value: its path in the file, so that values can't be swapped. */
export function additionalData(path: readonly string[]): string {
  return `${path.join(':')}:`;
}

/** Encrypts a string. SOPS leaves an empty string unencrypted. */
export function encryptValue(plaintext: string, key: Uint8Array, authenticated: string): string {
  if (plaintext === '') return '';
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(authenticated));
  const data = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  const [text, iv, tag] = [data, nonce, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
  return `ENC[AES256_GCM,data:${text},iv:${iv},tag:${tag},type:str]`;
}

/**
 * Decrypts a value.
 *
 * @returns undefined if the value is not encrypted, was changed, or was moved from another path
 */
export function decryptValue(
  text: string,
  key: Uint8Array,
  authenticated: string,
): SopsPlaintext | undefined {
  if (text === '') return { bytes: Buffer.alloc(0), type: 'str' };
  const [, data = '', iv = '', tag = '', type = ''] = pattern.exec(text) ?? [];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(authenticated));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return { bytes: Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]), type };
  } catch {
    return undefined;
  }
}
