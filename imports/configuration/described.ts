import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type ConfigurationKey,
  configurationSchema,
  entriesFor,
  type KeyDescription,
  keysOf,
  pathOf,
  type SchemaNode,
  valuesAt,
} from './keys';

/** A key with its description and an example. */
export interface DescribedKey extends ConfigurationKey, KeyDescription {
  /** The entry in keys.yaml that describes this key. */
  readonly entry: string;
  readonly example: unknown;
}

export interface DescribedSchema {
  readonly schema: SchemaNode;
  readonly keys: readonly DescribedKey[];
  /** The text of the example file that sets every key. */
  readonly exampleText: string;
}

const keysFile = 'imports/configuration/keys.yaml';
export const exampleFile = 'examples/every-key/production.yaml';

/**
 * The schema of the configuration with the description of every key.
 *
 * @throws an error if a key has no description or no example, or if a description has no key
 */
export function describedSchema(root: string): DescribedSchema {
  const entries = parse(readFileSync(join(root, keysFile), 'utf8')) as Record<
    string,
    string | KeyDescription
  >;
  const exampleText = readFileSync(join(root, exampleFile), 'utf8');
  const schema = configurationSchema();
  const keys = describe(keysOf(schema), entries, parse(exampleText));
  return { schema, keys, exampleText };
}

/** @throws see describedSchema */
export function describe(
  keys: readonly ConfigurationKey[],
  entries: Readonly<Record<string, string | KeyDescription>>,
  example: unknown,
): DescribedKey[] {
  const found = keys.map((key) => {
    const entry = entriesFor(key.steps).find((path) => path in entries);
    return { ...key, entry, own: valuesAt(example, key.steps) };
  });
  const examples = new Map<string | undefined, unknown[]>();
  for (const { entry, own } of found) examples.set(entry, [...(examples.get(entry) ?? []), ...own]);
  const problems = [
    ...found.filter(({ entry }) => entry === undefined).map(({ steps }) => `${pathOf(steps)}: add it`),
    ...Object.keys(entries)
      .filter((entry) => !examples.has(entry))
      .map((entry) => `${entry}: the schema has no key with this path; remove the entry`),
    ...[...examples]
      .filter(([entry, values]) => entry !== undefined && values.length === 0)
      .map(([entry]) => `${entry}: ${exampleFile} sets no value for this key; add a value to that file`),
  ];
  if (problems.length > 0) throw new Error(`${keysFile}:\n  ${problems.join('\n  ')}`);
  return found.map(({ entry = '', own, ...key }) => {
    const stated = entries[entry] ?? '';
    const description = typeof stated === 'string' ? { is: stated } : stated;
    const [value] = own.length > 0 ? own : (examples.get(entry) ?? []);
    return { ...key, ...description, entry, example: firstOfMap(value, key.node) };
  });
}

/** For a map whose keys the user chooses, the first entry is a sufficient example. */
function firstOfMap(value: unknown, { additionalProperties }: SchemaNode): unknown {
  if (typeof additionalProperties !== 'object' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).slice(0, 1));
}
