import type { Synthesis } from '../../../../lib/cli/synthesize';
import type { Node } from '../../../../lib/kubernetes/scheduling/node';
import { localPathClass } from '../nodes/local-path';
import { type EndpointSlice, Recorder } from '../nodes/recorder';
import { SimulatedNodes } from '../nodes/simulated-nodes';
import { type ControlPlane, startControlPlane } from './control-plane';
import { kubectlOrThrow } from './kubectl';
import { laneCrds } from './versions';

/** A control plane with simulated nodes, the kinds that k3s brings, and a recorder. */
export interface Cluster extends ControlPlane {
  readonly nodes: SimulatedNodes;
  readonly recorder: Recorder;
  /** Milliseconds since the last change of a pod or of a Service's endpoints. */
  quietFor(): number;
}

/** Pods live so many times faster than they state. */
const speed = 20;

export async function startCluster(nodes: readonly Node[]): Promise<Cluster> {
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
  const text = [...laneCrds(), JSON.stringify(localPathClass)].join('\n---\n');
  await kubectlOrThrow(controlPlane, ['apply', '--server-side', '-f', '-'], text);
  await kubectlOrThrow(controlPlane, [
    ...['wait', '--for=condition=established', '--timeout=60s', 'crd', '--all'],
  ]);
}

/** What kubectl reads of an output, in the order of its files. */
export function manifestsOf({ files }: Pick<Synthesis, 'files'>): string {
  return files
    .filter(({ path }) => path.endsWith('.k8s.yaml'))
    .map(({ text }) => text)
    .join('\n---\n');
}
