import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as ask, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ControlPlane } from './control-plane';

/** A gateway in front of the API server that counts writes, and calls back before or after one of them. */
export interface KillingGateway {
  readonly kubeconfig: string;
  /** Writes since the last reset. */
  readonly writes: number;
  reset(at?: number, when?: 'before' | 'after', act?: () => void): void;
  close(): void;
}

/** Dry runs store nothing, and a lease is renewed by a clock. */
function isWrite({ method = 'GET', url = '' }: IncomingMessage): boolean {
  return method !== 'GET' && !url.includes('dryRun=All');
}

export async function startKillingGateway({ kubeconfig }: ControlPlane): Promise<KillingGateway> {
  const directory = dirname(kubeconfig);
  const file = (name: string) => readFileSync(join(directory, name));
  const config = parse(file('kubeconfig').toString()) as { clusters: { cluster: { server: string } }[] };
  const server = config.clusters[0]?.cluster.server ?? '';
  let [writes, target, moment, act]: [number, number, 'before' | 'after', () => void] = [
    0,
    -1,
    'before',
    () => {},
  ];
  const gateway = createServer(
    { key: file('apiserver.key'), cert: file('apiserver.crt') },
    (incoming: IncomingMessage, outgoing: ServerResponse) => {
      if (isWrite(incoming)) writes += 1;
      const isMeant = isWrite(incoming) && writes === target;
      if (isMeant && moment === 'before') {
        act();
        incoming.socket.destroy();
        return;
      }
      const { method, headers, url } = incoming;
      const options = { method: method ?? 'GET', headers, ca: file('apiserver.crt') };
      const sent = ask(`${server}${url}`, options, (answer) => {
        if (isMeant) {
          answer.resume();
          act();
          incoming.socket.destroy();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      sent.on('error', () => outgoing.destroy());
      incoming.pipe(sent);
      outgoing.on('close', () => sent.destroy());
    },
  );
  await new Promise<void>((resolve) => {
    gateway.listen(0, '127.0.0.1', resolve);
  });
  const { port } = gateway.address() as AddressInfo;
  const own = join(directory, 'gateway-kubeconfig');
  for (const { cluster } of config.clusters) cluster.server = `https://127.0.0.1:${port}`;
  writeFileSync(own, stringify(config), { mode: 0o600 });
  return {
    kubeconfig: own,
    get writes() {
      return writes;
    },
    reset: (at = -1, when = 'before', then = () => {}) => {
      [writes, target, moment, act] = [0, at, when, then];
    },
    close: () => {
      gateway.closeAllConnections();
      gateway.close();
    },
  };
}
