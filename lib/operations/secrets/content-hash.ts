import { createHmac } from 'node:crypto';

/**
 * A keyed hash of a Secret's content, to compare it without storing it. Without the key, even a value that can be
 * guessed can't be verified.
 *
 * @param key `operator.hash-key` of the secrets file
 */
export function contentHash(key: string, secret: string, data: ReadonlyMap<string, string>): string {
  const hmac = createHmac('sha256', key);
  const parts = [secret, ...[...data].sort(([a], [b]) => (a < b ? -1 : 1)).flat()];
  // With the length before each part, different parts can't give the same input.
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return `hmac-sha256:${hmac.digest('hex')}`;
}
