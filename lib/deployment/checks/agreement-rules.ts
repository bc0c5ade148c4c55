import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { TerraformDocument } from '../../documents/terraform';
import type { NodeSetup } from '../../nodes/node-setup';
import { agreements } from '../agreements';
import type { Sides } from '../agreements/sides';
import type { Model } from '../model/model';

/** What the two sides must agree on, as rules: they know the documents that are no Kubernetes objects. */
export function agreementRules(
  { nodes, cluster }: Model,
  terraform: readonly TerraformDocument[],
  setups: readonly NodeSetup[],
): Rule[] {
  const others: Omit<Sides, 'objects'> = {
    terraform: terraform.map(({ configuration }) => configuration),
    setups,
    nodes: Object.entries(nodes).map(([name, { address, labels = {} }]) => ({ name, address, labels })),
    initialised: cluster.initialised,
  };
  return agreements.map(({ differences, ...about }) =>
    rule({
      ...about,
      // An agreement is about all of the documents, and not all of them are objects: it stands at the namespace.
      parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
      faults: (_, { all: objects }) =>
        differences({ ...others, objects }).map(({ object, path, message }) => ({
          path: '',
          message: `${object} ${path}: ${message}`,
        })),
    }),
  );
}
