import type { TerraformDocument } from '../../documents/terraform';
import type { NodeSetup } from '../../nodes/node-setup';
import type { Sides } from '../agreements/sides';
import type { Model } from '../model/model';

/** Collects the output of a deployment for the agreements. */
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
