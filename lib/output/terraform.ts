import type { OutputFile } from '../documents/file';
import type { Json } from '../documents/kubernetes';
import type { TerraformConfiguration, TerraformDocument } from '../documents/terraform';
import { compareCodeUnits } from './key-order';

/** The blocks that come first in a file. All others follow by code unit. */
const first: readonly string[] = [
  'terraform',
  'provider',
  'variable',
  'data',
  'import',
  'resource',
  'output',
];
/** Meta-arguments, which come after the other arguments of a resource. */
const last: readonly string[] = ['depends_on', 'lifecycle', '//'];

/**
 * The files of the Terraform output: each stack, and the manifest that lists the stacks for the cdktf CLI. Equal
 * documents give equal bytes, whatever the order of their keys.
 */
export function printStacks(documents: readonly TerraformDocument[]): OutputFile[] {
  if (documents.length === 0) return [];
  return [
    ...documents.map(({ file, configuration }) => ({ path: file, text: print(withoutEmpty(configuration)) })),
    { path: 'manifest.json', text: print(manifest(documents)) },
  ];
}

/** Removes the import block if it is empty. */
function withoutEmpty({ import: imports, ...others }: TerraformConfiguration): Json {
  return { ...others, ...(imports.length === 0 ? {} : { import: imports }) };
}

function print(value: Json): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, below]) => below !== undefined && !isEmpty(below));
  entries.sort(([a], [b]) => rank(a) - rank(b) || compareCodeUnits(a, b));
  return Object.fromEntries(entries.map(([key, below]) => [key, sorted(below as Json)]));
}

function rank(key: string): number {
  const early = first.indexOf(key);
  if (early !== -1) return early - first.length;
  return last.indexOf(key) + 1;
}

/** Whether a kind of block has no entries, so that the file omits it. */
function isEmpty(value: Json): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

function manifest(documents: readonly TerraformDocument[]): Json {
  const stacks = documents.map(({ stack, file }) => ({
    name: stack,
    constructPath: stack,
    workingDirectory: file.slice(0, file.lastIndexOf('/')),
    synthesizedStackPath: file,
    annotations: [],
    dependencies: [],
  }));
  const own = documents[0]?.configuration['//']['metadata'] as { readonly version: string };
  return { version: own.version, stacks: Object.fromEntries(stacks.map((stack) => [stack.name, stack])) };
}
