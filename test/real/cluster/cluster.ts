import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../../../lib/documents/kubernetes';
import type { DrillNode } from '../../../lib/drill/facts';
import { root } from '../../support/configuration';
import { type ControlPlane, startControlPlane } from './control-plane';
import { kubectlOrThrow } from './kubectl';
import { localPathClass } from './local-path';
import { type EndpointSlice, Recorder } from './recorder';
import { SimulatedNodes } from './simulated-nodes';

/** A control plane with simulated nodes, the kinds that k3s brings, and a recorder. */
export interface Cluster extends ControlPlane {
  readonly nodes: SimulatedNodes;
  readonly recorder: Recorder;
  /** Milliseconds since the last change of a pod or of a Service's endpoints. */
  quietFor(): number;
}

/** Pods live so many times faster than they state. */
const speed = 20;

export async function startCluster(nodes: readonly DrillNode[]): Promise<Cluster> {
  const controlPlane = await startControlPlane();
  try {
    const { api } = controlPlane;
    let last = Date.now();
    let recorder: Recorder | undefined;
    const changed = () => {
      last = Date.now();
      recorder?.note();
    };
    const simulated = await SimulatedNodes.start(api, nodes, { speed, silentRegistries: new Set() }, changed);
    const slices = await api.list<EndpointSlice>('/apis/discovery.k8s.io/v1/endpointslices', changed);
    recorder = new Recorder(
      () => simulated.pods,
      () => slices,
      simulated.lost,
    );
    await installKinds(controlPlane);
    const stop = async () => {
      simulated.stop();
      await controlPlane.stop();
    };
    return { ...controlPlane, nodes: simulated, recorder, stop, quietFor: () => Date.now() - last };
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
}

async function installKinds(controlPlane: ControlPlane): Promise<void> {
  const kinds = ['helm.cattle.io.yaml', 'traefik.io.yaml'].map((file) =>
    readFileSync(join(root, 'imports', 'crds', file), 'utf8'),
  );
  const text = [...kinds, JSON.stringify(localPathClass)].join('\n---\n');
  await kubectlOrThrow(controlPlane, ['apply', '--server-side', '-f', '-'], text);
  await kubectlOrThrow(controlPlane, [
    ...['wait', '--for=condition=established', '--timeout=60s', 'crd', '--all'],
  ]);
}

/** Secrets of which every key is there; what they hold is nothing. */
export function secretsOf(
  namespace: string,
  secrets: Readonly<Record<string, { readonly keys: Readonly<Record<string, unknown>> }>>,
): Json[] {
  return Object.entries(secrets).map(([name, { keys }]) => {
    const names = Object.keys(keys);
    const type = names.includes('.dockerconfigjson')
      ? 'kubernetes.io/dockerconfigjson'
      : names.includes('tls.crt')
        ? 'kubernetes.io/tls'
        : 'Opaque';
    const value = (key: string) => (key === '.dockerconfigjson' ? '{"auths":{}}' : 'unknown');
    const stringData = Object.fromEntries(names.map((key) => [key, value(key)]));
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, stringData };
  });
}

/** Waits until something holds; false if it does not within the time. */
export async function within(seconds: number, isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await sleep(100);
  }
  return true;
}
