import type { OutputFile } from '../../lib/documents/file';
import { type Fields, printTable, printTypes } from '../schema-table';
import { mergeVersions } from '../version-ranges';
import { type Crd, groups, groupVersions, readCrds, readNewestCrds, type Schema } from './sources';

/**
 * Generates, from the schemas in `imports/crds`, `imports/crds/schema.json`, the table of custom kinds that
 * `lib/kubernetes/schema/kubernetes-schema.ts` reads, and `imports/crds/kinds.ts`, their TypeScript types. A field that
 * only some versions have carries the range of these versions (`imports/version-ranges.ts`); the types describe the
 * newest version. Types are named after their path, such as `MiddlewareSpecRateLimit`. `ObjectMeta` is the type of the
 * Kubernetes table.
 *
 * Patterns and formats are left out: a duration is any string.
 *
 * @param root the directory of the project
 * @throws an error with the place, if a schema contains something that this function can't read
 */
export function crdSchema(root: string): OutputFile[] {
  const merged = groups.map((group) => {
    const tables = groupVersions(root, group).map(
      (version) => [version, tableOf(readCrds(root, group, version))] as const,
    );
    const of = (table: 'kinds' | 'types') =>
      mergeVersions(new Map(tables.map(([version, each]) => [version, each[table]])));
    return { kinds: of('kinds'), types: of('types') };
  });
  const newest = groups.map((group) => readNewestCrds(root, group));
  const { kinds, types } = tableOf(newest.flatMap(({ crds }) => crds));
  const all = (table: 'kinds' | 'types') => new Map(merged.flatMap((each) => [...each[table]]));
  return [
    {
      path: 'imports/crds/schema.json',
      text: printTable('imports/crds', all('kinds'), all('types')),
    },
    {
      path: 'imports/crds/kinds.ts',
      text: printTypes(newest.map(({ file }) => file).join(', '), kinds, types, {
        ObjectMeta: '../kubernetes/kinds',
      }),
    },
  ];
}

/** The fields of custom kinds and of the types that these fields refer to. */
export function tableOf(crds: readonly Crd[]): {
  readonly kinds: ReadonlyMap<string, Fields>;
  readonly types: ReadonlyMap<string, Fields>;
} {
  const kinds = new Map<string, Fields>();
  const types = new Map<string, Fields>();
  for (const { spec } of crds) {
    const { group, names, versions } = spec;
    for (const { name, schema } of versions) {
      const { status: _, ...properties } = schema.openAPIV3Schema.properties ?? {};
      const fields = readFields({ ...schema.openAPIV3Schema, properties }, names.kind, types);
      const all = new Map([...fields].filter(([field]) => !/^(apiVersion|kind|metadata)!?$/.test(field)));
      all.set('apiVersion!', 'string').set('kind!', 'string').set('metadata!', 'ObjectMeta');
      kinds.set(`${group}/${name}/${names.kind}`, all);
    }
  }
  return { kinds, types };
}

/** Reads the fields of an object, and adds the fields of every nested object to `types`. */
function readFields(schema: Schema, owner: string, types: Map<string, Fields>): Fields {
  return new Map(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [
      schema.required?.includes(name) ? `${name}!` : name,
      readType(field, `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`, types),
    ]),
  );
}

function readType(schema: Schema, name: string, types: Map<string, Fields>): string {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return 'any';
  if (schema['x-kubernetes-int-or-string'] === true) return 'int-or-string';
  if (schema.enum !== undefined) return `enum<${schema.enum.map((word) => readWord(word, name)).join('|')}>`;
  if (schema.type === 'integer') return readInteger(schema);
  if (schema.type === 'string' || schema.type === 'boolean') return schema.type;
  if (schema.type === 'array' && schema.items) return `${readType(schema.items, name, types)}[]`;
  if (schema.type === 'object' && schema.properties) {
    types.set(name, readFields(schema, name, types));
    return name;
  }
  if (schema.type === 'object' && schema.additionalProperties) {
    return `map<${readType(schema.additionalProperties, name, types)}>`;
  }
  if (schema.type === 'object') return 'any';
  throw new Error(`imports/crds: can't read the type of ${name}`);
}

function readInteger({ minimum, maximum }: Schema): string {
  if (minimum === undefined && maximum === undefined) return 'integer';
  return `integer<${minimum ?? ''}..${maximum ?? ''}>`;
}

/** Returns an enum value, if the notation of the table allows it. */
function readWord(word: unknown, name: string): string {
  if (typeof word === 'string' && /^[\w.-]+$/.test(word)) return word;
  throw new Error(`imports/crds: can't read ${JSON.stringify(word)}, a word of ${name}`);
}
