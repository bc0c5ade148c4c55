import { createHmac } from 'node:crypto';

/**
 * A hash of a Secret's content that only the holder of the key can compute: it tells whether two contents are equal, and says nothing
 * of the values to others, also of a value that can be guessed.
 *
 * @param key `operator.hash-key` of the secrets file
 */
export function contentHash(key: string, secret: string, data: ReadonlyMap<string, string>): string {
  const hmac = createHmac('sha256', key);
  const parts = [secret, ...[...data].sort(([a], [b]) => (a < b ? -1 : 1)).flat()];
  // Each part with its length, so that no two contents are the same bytes.
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return `hmac-sha256:${hmac.digest('hex')}`;
}
