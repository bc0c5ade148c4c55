import { RequestError } from './request-error';

/**
 * Reads a whole response body.
 *
 * @param limit the maximum size in bytes
 * @param what the content, for the message
 * @throws RequestError for a larger body, or if the connection is lost
 */
export async function readBody(response: Response, limit: number, what: string): Promise<Uint8Array> {
  const { host } = new URL(response.url);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > limit)
        throw new RequestError('invalid', `${host} sent more than ${limit / 1024 / 1024} MiB for ${what}`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError(
      'unreachable',
      `${host} closed the connection before the end of the answer; run the command again`,
    );
  }
  return Buffer.concat(chunks);
}
