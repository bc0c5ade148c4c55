import type { TerraformDocument } from '../../documents/terraform';
import type { NodeSetup } from '../../nodes/node-setup';
import type { Sides } from '../agreements/sides';
import type { Model } from '../model/model';

/** The documents of a deployment that are not Kubernetes objects, as the agreements read them. */
export function sidesOf(
  { nodes, cluster }: Model,
  terraform: readonly TerraformDocument[],
  setups: readonly NodeSetup[],
): Omit<Sides, 'objects'> {
  return {
    terraform: terraform.map(({ configuration }) => configuration),
    setups,
    nodes: Object.entries(nodes).map(([name, { address, labels = {} }]) => ({ name, address, labels })),
    initialised: cluster.initialised,
  };
}
