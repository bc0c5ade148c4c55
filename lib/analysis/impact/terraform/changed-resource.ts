import type { Json } from '../../../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../../../documents/terraform';
import { argumentOf, ignoredArguments, isMetaArgument } from '../../../terraform/lifecycle';
import { isKeptWhenLeftOut } from '../../../terraform/providers';
import { type Change, changes } from '../changes';

/** A resource that both outputs have, under the same address or moved to another. */
export interface ChangedResource {
  readonly before: TerraformResource;
  readonly after: TerraformResource;
  /** What Terraform would act on. */
  readonly changes: readonly Change[];
  /** What differs and `lifecycle.ignore_changes` names. */
  readonly ignored: readonly Change[];
  /** What is no longer stated, and keeps the value that it has. */
  readonly leftOut: readonly Change[];
  /** Arguments that Terraform ignored and no longer does; `all` stands for every one but those that it still ignores. */
  readonly noLongerIgnored: readonly string[];
}

/** @param sourced what changes of it because something that it refers to does */
export function changedResource(
  before: TerraformResource,
  after: TerraformResource,
  sourced: readonly Change[] = [],
): ChangedResource[] {
  const own = changes(withoutOrder(before), withoutOrder(after));
  const told = new Set(own.map(({ path }) => argumentOf(path)));
  const found = [...own, ...sourced.filter(({ path }) => !told.has(path))];
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

/** The rules of Hetzner's firewall and their sources are sets: their order is nothing. */
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
