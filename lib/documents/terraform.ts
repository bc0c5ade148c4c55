import type { Json } from './kubernetes';

/** The body of a block in Terraform's JSON syntax. */
export type TerraformBlock = { readonly [argument: string]: Json | undefined };

/** A resource or data source with its Terraform address. */
export interface TerraformResource {
  /** `hcloud_server.hetzner1`, or `data.cloudflare_zone.…`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: TerraformBlock;
}

/**
 * A configuration in Terraform's JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export interface TerraformConfiguration {
  readonly terraform: TerraformBlock;
  readonly provider: Readonly<Record<string, readonly TerraformBlock[]>>;
  readonly variable: Readonly<Record<string, TerraformBlock>>;
  readonly data: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly import: readonly { readonly to: string; readonly id: string }[];
  readonly output: Readonly<Record<string, TerraformBlock>>;
  /** Metadata for the cdktf CLI, which Terraform ignores. */
  readonly '//': TerraformBlock;
}

/** Top-level blocks that the stacks of this package do not use. */
export interface ForeignBlocks {
  readonly locals?: TerraformBlock;
  readonly module?: Readonly<Record<string, TerraformBlock>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly {
    readonly from: string;
    readonly lifecycle?: { readonly destroy?: boolean };
  }[];
}

/** By block type: the number of labels. A resource has two labels, its type and its name. */
const labels: Readonly<Record<string, number>> = {
  ...{ terraform: 0, '//': 0, locals: 0 },
  ...{ variable: 1, output: 1, module: 1, data: 2, resource: 2 },
};

/**
 * Normalizes a configuration from any tool: blocks may be written as lists, and block types may be missing.
 *
 * @throws Error if the value is not a map of blocks
 */
export function readConfiguration(value: unknown): TerraformConfiguration & ForeignBlocks {
  if (!isBlock(value))
    throw new Error('the file must contain a map of blocks, such as { "resource": { ... } }');
  const isOurs = (name: string) => value[name] !== undefined || !foreign.has(name);
  const named = Object.entries(labels).map(([name, depth]) => [name, merged(value[name], depth)] as const);
  const lists = ['import', 'moved', 'removed'].map((name) => {
    const place = name === 'import' ? 'to' : 'from';
    // Terraform refuses a block without its labels.
    return [name, blocksOf(value[name]).filter((block) => typeof block[place] === 'string')] as const;
  });
  const providers = Object.entries(merged(value['provider'], 0));
  return {
    ...value,
    ...Object.fromEntries([...named, ...lists].filter(([name]) => isOurs(name))),
    provider: Object.fromEntries(providers.map(([name, bodies]) => [name, blocksOf(bodies)])),
  } as unknown as TerraformConfiguration & ForeignBlocks;
}

const foreign: ReadonlySet<string> = new Set(['locals', 'module', 'moved', 'removed']);

/** Merges lists of maps into one map, down to the bodies of the blocks. */
function merged(value: Json | undefined, depth: number): TerraformBlock {
  const all: Record<string, Json | undefined> = {};
  for (const block of blocksOf(value)) {
    for (const [name, below] of Object.entries(block)) {
      all[name] = depth === 0 ? below : { ...(all[name] as TerraformBlock), ...merged(below, depth - 1) };
    }
  }
  return all;
}

function blocksOf(value: Json | undefined): TerraformBlock[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter(isBlock);
}

function isBlock(value: unknown): value is TerraformBlock {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A stack, and the file to which it is written. */
export interface TerraformDocument {
  /** Name of the stack. */
  readonly stack: string;
  /** Path below the output directory. */
  readonly file: string;
  readonly configuration: TerraformConfiguration;
}

/** The resources of a configuration. If a type is given, only resources of this type. */
export function resourcesOf({ resource }: TerraformConfiguration, type?: string): TerraformResource[] {
  return Object.entries(resource)
    .filter(([each]) => type === undefined || each === type)
    .flatMap(([each, bodies]) =>
      Object.entries(bodies).map(([name, body]) => ({ address: `${each}.${name}`, type: each, name, body })),
    );
}
