import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Cluster } from '../servers/cluster';

/** What a container wrote, by the name of its pod's workload. */
export interface KubeletLogs {
  readonly lines: Map<string, readonly string[]>;
  close(): void;
}

/**
 * Answers for every node as its kubelet does when the API server asks for a log: `/containerLogs/<namespace>/<pod>/<container>`. It uses
 * the API server's own certificate, which that server does not check on a kubelet.
 */
export async function serveLogs({ kubeconfig, api, nodes }: Cluster): Promise<KubeletLogs> {
  const file = (ending: string) => readFileSync(join(dirname(kubeconfig), `apiserver.${ending}`));
  const lines = new Map<string, readonly string[]>();
  const server = createServer({ key: file('key'), cert: file('crt') }, ({ url = '' }, response) => {
    const [, , , pod = ''] = url.split('?')[0]?.split('/') ?? [];
    const found = [...lines].find(([name]) => pod.startsWith(name))?.[1] ?? [];
    const tail = Number(new URL(url, 'https://localhost').searchParams.get('tailLines') ?? found.length);
    response.end(
      found
        .slice(-tail)
        .map((line) => `${line}\n`)
        .join(''),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const status = {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
  };
  for (const name of nodes.names)
    await api.send('PATCH', `/api/v1/nodes/${name}/status`, { status }, 'application/merge-patch+json');
  return { lines, close: () => server.close() };
}
