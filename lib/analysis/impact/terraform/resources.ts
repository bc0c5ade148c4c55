import type { Output } from '../../../documents/output';
import { type ForeignBlocks, resourcesOf, type TerraformResource } from '../../../documents/terraform';
import { instancesOf } from '../../../terraform/instances';
import { withFullRecordNames } from '../../../terraform/record-names';
import type { ChangedResource } from './changed-resource';
import { changedWithSources } from './dependents';

/** The resources of two outputs: added, removed, moved or changed. */
export interface ResourceChanges {
  readonly base: readonly TerraformResource[];
  readonly head: readonly TerraformResource[];
  readonly added: readonly TerraformResource[];
  readonly removed: readonly TerraformResource[];
  /**
   * Resources that a `removed` block with `destroy = false` names: Terraform removes them from its state and leaves
   * them running.
   */
  readonly forgotten: readonly TerraformResource[];
  readonly changed: readonly ChangedResource[];
}

export function resourceChanges(base: Output, head: Output): ResourceChanges {
  const described = [base, head].map(allOf);
  const [before = [], after = []] = described.map((each) => withFullRecordNames(each, described.flat()));
  const blocks = head.stacks.map(({ configuration }) => configuration as ForeignBlocks);
  const moves = new Map(blocks.flatMap(({ moved = [] }) => moved.map(({ from, to }) => [from, to] as const)));
  const kept = new Set(
    blocks.flatMap(({ removed = [] }) =>
      removed.flatMap(({ from, lifecycle }) => (lifecycle?.destroy === false ? from : [])),
    ),
  );
  const now = new Map(after.map((resource) => [resource.address, resource]));
  const pairs = before.map((resource) => {
    const target = moves.get(resource.address) ?? resource.address;
    // Terraform moves a resource automatically if `count` is added or removed.
    const counted = now.get(`${target}[0]`) ?? now.get(target.replace(/\[0\]$/, ''));
    return { resource, after: now.get(target) ?? counted };
  });
  const reached = new Set(pairs.flatMap((pair) => pair.after?.address ?? []));
  const gone = pairs.flatMap((pair) => (pair.after === undefined ? pair.resource : []));
  return {
    base: before,
    head: after,
    added: after.filter(({ address }) => !reached.has(address)),
    removed: gone.filter(({ address }) => !kept.has(address)),
    forgotten: gone.filter(({ address }) => kept.has(address)),
    changed: changedWithSources(
      pairs.flatMap(({ resource, after: to }) => (to === undefined ? [] : { before: resource, after: to })),
      base,
      head,
    ),
  };
}

function allOf({ stacks }: Output): TerraformResource[] {
  return stacks.flatMap(({ configuration }) => resourcesOf(configuration).flatMap(instancesOf));
}
