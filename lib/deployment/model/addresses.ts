import type { Topology } from '../../documents/topology';
import { defaultTopology } from '../../kubernetes/k3s-network';
import type { Deployment } from '../config/schema/schema';
import { nodeAddresses } from './model';

/** The address ranges of pods, Services and nodes in the cluster. */
export function topologyOf({ nodes }: Pick<Deployment, 'nodes'>): Topology {
  return { ...defaultTopology, nodeAddresses: nodeAddresses({ nodes }) };
}
