import type { Json } from '../../../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../../../documents/terraform';
import { type Change, changes } from '../changes';

/** A resource that both outputs have, under the same address or moved to another. */
export interface ChangedResource {
  readonly before: TerraformResource;
  readonly after: TerraformResource;
  /** What Terraform would act on. */
  readonly changes: readonly Change[];
  /** What differs and `lifecycle.ignore_changes` names. */
  readonly ignored: readonly Change[];
  /** Arguments that Terraform ignored, and no longer does. */
  readonly minded: readonly string[];
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
  const [ignoredBefore, ignoredNow] = [before, after].map((each) => [...namesOf(ignoredArguments(each))]);
  const isIgnored = ({ path }: Change) => ignoring === 'all' || ignoring.has(argumentOf(path));
  return [
    {
      before,
      after,
      changes: found.filter((change) => !isIgnored(change) && !isAboutPlans(change)),
      ignored: found.filter((change) => isIgnored(change) && !isAboutPlans(change)),
      minded: ignoring === 'all' ? [] : (ignoredBefore ?? []).filter((name) => !ignoredNow?.includes(name)),
    },
  ];
}

/** What says how Terraform plans, and is nothing of the resource itself. */
function isAboutPlans({ path }: Change): boolean {
  return ['lifecycle', 'depends_on', 'provider'].includes(argumentOf(path));
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

function ignoredArguments(resource: TerraformResource): ReadonlySet<string> | 'all' {
  const ignoring = lifecycleOf(resource)['ignore_changes'];
  if (ignoring === 'all') return 'all';
  return new Set(Array.isArray(ignoring) ? ignoring.map((each: Json) => argumentOf(String(each))) : []);
}

function namesOf(ignoring: ReadonlySet<string> | 'all'): Iterable<string> {
  return ignoring === 'all' ? ['all'] : ignoring;
}

/** The argument that a path lies in: `public_net` of `public_net[0].ipv4`. */
export function argumentOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

function lifecycleOf({ body }: TerraformResource): TerraformBlock {
  const { lifecycle } = body;
  return ((Array.isArray(lifecycle) ? lifecycle[0] : lifecycle) ?? {}) as TerraformBlock;
}

/** Terraform refuses a plan that destroys it, as long as the block is there. */
export function isProtected(resource: TerraformResource): boolean {
  return lifecycleOf(resource)['prevent_destroy'] === true;
}
