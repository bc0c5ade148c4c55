import type { Output } from '../../../documents/output';
import type { TerraformResource } from '../../../documents/terraform';
import { type CostSum, sumOf } from '../../../terraform/hetzner/cost-item';
import { resourceCosts } from '../../../terraform/hetzner/resource-costs';
import { resourceChanges } from './resources';
import { isRescaled } from './server-updates';
import { isReplacedServer } from './servers';

/** What the resources at Hetzner cost before and after an apply. */
export interface CostChange {
  readonly before: CostSum;
  readonly after: CostSum;
}

/**
 * The change of the cost; undefined if the cost stays the same, or if an output has no Terraform stack.
 *
 * @param priceLists by server name: the price list that a running server is charged by. A server that is created,
 * replaced or rescaled is charged by the price list for new orders.
 */
export function costChange(
  base: Output,
  head: Output,
  priceLists: Readonly<Record<string, string | undefined>> = {},
): CostChange | undefined {
  if (base.stacks.length === 0 || head.stacks.length === 0) return undefined;
  const found = resourceChanges(base, head);
  const isServer = ({ type }: TerraformResource) => type === 'hcloud_server';
  const ordered = new Set([
    ...found.added.map(({ address }) => address),
    ...found.changed
      .filter((each) => isServer(each.after) && (isReplacedServer(each) || isRescaled(each)))
      .map(({ after }) => after.address),
  ]);
  const running = ({ name }: TerraformResource) => priceLists[name];
  const before = sumOf(resourceCosts(found.base, running));
  const after = sumOf(
    resourceCosts(found.head, (resource) => (ordered.has(resource.address) ? undefined : running(resource))),
  );
  const isSame =
    Math.abs(before.euros - after.euros) < 0.005 && before.unknown.join() === after.unknown.join();
  return isSame ? undefined : { before, after };
}
