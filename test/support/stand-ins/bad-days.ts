import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer in place of a stand-in's own; undefined leaves it. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean | undefined;

/** A status of RFC 9110 and 6585 with headers that they describe. */
export function answering(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  times = Number.POSITIVE_INFINITY,
  body = '',
): Answer {
  let left = times;
  return (_, response) => {
    left -= 1;
    if (left < 0) return;
    response.writeHead(status, headers).end(body);
    return true;
  };
}

/** A connection that is cut before an answer. */
export function cuttingConnections(times = Number.POSITIVE_INFINITY): Answer {
  let left = times;
  return ({ socket }) => {
    left -= 1;
    if (left < 0) return;
    socket.destroy();
    return true;
  };
}

/** A connection that is cut within a body. */
export const cuttingBodies: Answer = ({ method }, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{');
  if (method === 'HEAD') response.end();
  else setTimeout(() => response.destroy(), 20);
  return true;
};
