import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { Json } from '../../documents/kubernetes';
import type { TerraformConfiguration, TerraformDocument } from '../../documents/terraform';

/** The directory of a stack, where the cdktf CLI expects it. */
function stackDirectory(stack: string): string {
  return `stacks/${stack}`;
}

/**
 * Synthesizes the stacks below a construct in memory, without cdktf's metadata, which contains paths of the
 * source code.
 *
 * cdktf's `App` is not used, because its constructor creates directories.
 */
export function terraformDocuments(root: Construct): TerraformDocument[] {
  return root.node.children.filter(TerraformStack.isStack).map((stack) => {
    refuseDoubleAddresses(stack);
    // `prepareStack` resolves references between stacks. It is not called, because there is only one stack.
    const stackName = stack.node.id;
    return {
      stack: stackName,
      file: `${stackDirectory(stackName)}/cdk.tf.json`,
      configuration: configurationOf(synthesized(stack)),
    };
  });
}

/** The resources that one element adds to the configuration, by type and name. */
type ElementResources = Record<string, Record<string, Json>>;

/**
 * Computes what `stack.toTerraform()` returns, which calls three resolvers for each value, four times. Most
 * resources contain only a few tokens, and many contain the same ones, such as the id of the zone, so each
 * string is resolved once.
 */
function synthesized(stack: TerraformStack): Partial<TerraformConfiguration> {
  const resolvedStrings = new Map<string, unknown>();
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolve = (text: string): unknown => {
    if (!resolvedStrings.has(text))
      resolvedStrings.set(text, Tokenization.resolve(text, { scope: stack, resolver }));
    return resolvedStrings.get(text);
  };
  const simple: ElementResources[] = [];
  for (const element of stack.node.findAll().filter(TerraformElement.isTerraformElement)) {
    if (!TerraformResource.isTerraformResource(element)) continue;
    const { resource, ...others } = element.toTerraform() as { resource?: ElementResources };
    const isAlone = Object.values(others).every((each) => each === undefined);
    const found = isAlone ? resolvedTexts(resource, resolve) : undefined;
    if (found === undefined) continue;
    simple.push(found as ElementResources);
    element.toTerraform = () => ({});
  }
  const { resource, ...rest } = stack.toTerraform() as Partial<TerraformConfiguration>;
  const all = new Map<string, Record<string, Json>>();
  for (const each of [...(resource === undefined ? [] : [resource]), ...simple])
    for (const [type, named] of Object.entries(each))
      all.set(type, Object.assign(all.get(type) ?? {}, named));
  return { ...rest, resource: Object.fromEntries(all) } as Partial<TerraformConfiguration>;
}

/** Matches strings that contain a token of cdktf, a Terraform expression, or a number that may be a token. */
const token = /[$#&%]\{|e\+\d/;

/** Matches the strings that cdktf uses as tokens for lists and maps. */
const foreignToken = /[#&]\{/;

/**
 * Resolves the tokens in the strings of a value. Undefined if the value has other tokens, which only
 * `toTerraform` resolves.
 */
function resolvedTexts(value: unknown, resolve: (text: string) => unknown): unknown {
  if (typeof value === 'string') {
    if (foreignToken.test(value)) return undefined;
    const text = token.test(value) ? resolve(value) : value;
    return typeof text === 'string' ? text : undefined;
  }
  if (typeof value === 'number') return Math.abs(value) < 2 ** 53 ? value : undefined;
  if (typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((each) => resolvedTexts(each, resolve));
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const made: Record<string, unknown> = {};
  for (const [key, below] of Object.entries(value)) {
    if (below === undefined) continue;
    const found = token.test(key) ? undefined : key === '//' ? {} : resolvedTexts(below, resolve);
    if (found === undefined) return undefined;
    made[key] = found;
  }
  return made;
}

const nothing: Omit<TerraformConfiguration, '//'> = {
  terraform: {},
  provider: {},
  variable: {},
  data: {},
  resource: {},
  import: [],
  output: {},
};

function configurationOf(made: Partial<TerraformConfiguration>): TerraformConfiguration {
  const { '//': own = {}, ...blocks } = made;
  return { ...nothing, ...(withoutMetadata(blocks) as object), '//': own };
}

/** Removes all `//` keys, at any depth. */
function withoutMetadata(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, below]) =>
      key === '//' || below === undefined ? [] : [[key, withoutMetadata(below)]],
    ),
  );
}

/** Throws if two elements have the same address, because they would be merged silently. */
function refuseDoubleAddresses(stack: TerraformStack): void {
  const addresses = stack.node
    .findAll()
    .filter((element): element is TerraformElement => TerraformElement.isTerraformElement(element))
    .map(({ node }) => node.id);
  const seen = new Set<string>();
  const double = addresses.find((address) => seen.size === seen.add(address).size);
  if (double !== undefined)
    throw new Error(`the stack ${stack.node.id} has two elements with the address ${double}`);
}
