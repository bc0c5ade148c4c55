import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterClient } from '../../../lib/operations/cluster/client';

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** Runs a test against a client whose server answers by a function, on a Unix socket as kubectl's proxy does. */
export async function withApi<Result>(
  respond: Respond,
  use: (client: ClusterClient) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'honeydue-api-'));
  const socket = join(directory, 'api');
  const server = createServer(respond);
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  try {
    return await use(new ClusterClient(socket));
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Answers with JSON. */
export function answer(response: ServerResponse, body: unknown, code = 200): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
