import type { Json } from '../../../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../../../documents/terraform';
import { argumentOf, ignoredArguments, isMetaArgument } from '../../../terraform/lifecycle';
import { isKeptWhenLeftOut } from '../../../terraform/providers';
import { type Change, changes } from '../changes';

/** A resource that is in the Terraform configuration before and after the change. Its address may have changed. */
export interface ChangedResource {
  readonly before: TerraformResource;
  readonly after: TerraformResource;
  /** Changes that Terraform acts on. */
  readonly changes: readonly Change[];
  /** Changes that `lifecycle.ignore_changes` covers. */
  readonly ignored: readonly Change[];
  /** Arguments that are no longer set and keep their current value. */
  readonly leftOut: readonly Change[];
  /** Arguments that `ignore_changes` no longer lists; `all` means every argument except those that it still lists. */
  readonly noLongerIgnored: readonly string[];
}

/** @param indirect changes of expressions that refer to a changed object */
export function changedResource(
  before: TerraformResource,
  after: TerraformResource,
  indirect: readonly Change[] = [],
): ChangedResource[] {
  const own = changes(withoutOrder(before), withoutOrder(after));
  const direct = new Set(own.map(({ path }) => argumentOf(path)));
  const found = [...own, ...indirect.filter(({ path }) => !direct.has(path))];
  if (found.length === 0 && before.address === after.address) return [];
  const ignoring = ignoredArguments(after);
  const isIgnored = ({ path }: Change) => ignoring === 'all' || ignoring.has(argumentOf(path));
  const isLeftOut = ({ path }: Change) =>
    after.body[argumentOf(path)] === undefined && isKeptWhenLeftOut(after.type, argumentOf(path));
  const acted = found.filter(({ path }) => !isMetaArgument(argumentOf(path)));
  return [
    {
      before,
      after,
      changes: acted.filter((change) => !isIgnored(change) && !isLeftOut(change)),
      ignored: acted.filter(isIgnored),
      leftOut: acted.filter((change) => !isIgnored(change) && isLeftOut(change)),
      noLongerIgnored: noLongerIgnored(ignoredArguments(before), ignoring),
    },
  ];
}

function noLongerIgnored(before: ReadonlySet<string> | 'all', after: ReadonlySet<string> | 'all'): string[] {
  if (after === 'all') return [];
  return before === 'all' ? ['all'] : [...before].filter((name) => !after.has(name));
}

/** The rules of a Hetzner firewall and their sources are sets: the order does not matter. */
function withoutOrder({ type, body }: TerraformResource): TerraformBlock {
  const { rule } = body;
  if (type !== 'hcloud_firewall' || !Array.isArray(rule)) return body;
  const sorted = (list: Json | undefined) => (Array.isArray(list) ? [...list].sort(byText) : list);
  const rules = rule
    .filter((each) => typeof each === 'object' && each !== null)
    .map((each) => ({
      ...(each as TerraformBlock),
      source_ips: sorted((each as TerraformBlock)['source_ips']),
      destination_ips: sorted((each as TerraformBlock)['destination_ips']),
    }));
  return { ...body, rule: rules.sort(byText) as Json };
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}
