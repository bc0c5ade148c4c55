import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { TerraformDocument } from '../../documents/terraform';
import type { NodeSetup } from '../../nodes/node-setup';
import { agreements } from '../agreements';
import type { Model } from '../model/model';
import { sidesOf } from './sides-of';

/**
 * The agreements as rules. Their documents include Terraform's configuration and the node scripts, which
 * other rules don't read.
 */
export function agreementRules(
  model: Model,
  terraform: readonly TerraformDocument[],
  setups: readonly NodeSetup[],
): Rule[] {
  const others = sidesOf(model, terraform, setups);
  return agreements.map(({ differences, ...about }) =>
    rule({
      ...about,
      // An agreement compares documents that are not all Kubernetes objects, so its findings belong to the
      // Namespace.
      parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
      faults: (_, { all: objects }) =>
        differences({ ...others, objects }).map(({ object, path, message }) => ({
          path: '',
          message: `${object} ${path}: ${message}`,
        })),
    }),
  );
}
