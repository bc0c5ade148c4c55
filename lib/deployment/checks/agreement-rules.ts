import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { TerraformDocument } from '../../documents/terraform';
import type { NodeSetup } from '../../nodes/node-setup';
import { agreements } from '../agreements';
import type { Model } from '../model/model';
import { sidesOf } from './sides-of';

/** The agreements of both sides as rules, with access to the documents that are not Kubernetes objects. */
export function agreementRules(
  model: Model,
  terraform: readonly TerraformDocument[],
  setups: readonly NodeSetup[],
): Rule[] {
  const others = sidesOf(model, terraform, setups);
  return agreements.map(({ differences, ...about }) =>
    rule({
      ...about,
      // An agreement concerns all documents, and not all are objects, so its finding has the namespace as its
      // object.
      parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
      faults: (_, { all: objects }) =>
        differences({ ...others, objects }).map(({ object, path, message }) => ({
          path: '',
          message: `${object} ${path}: ${message}`,
        })),
    }),
  );
}
