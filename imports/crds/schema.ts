import type { OutputFile } from '../../lib/documents/file';
import { type Fields, printTable, printTypes } from '../schema-table';
import { mergeVersions } from '../version-ranges';
import { type Crd, groups, groupVersions, readCrds, readNewestCrds, type Schema } from './sources';

/**
 * Derives `imports/crds/schema.json`, the table of custom kinds that `lib/kubernetes/schema/kubernetes-schema.ts` walks, and
 * `imports/crds/kinds.ts`, their types, from the schemas in `imports/crds`. What not every version has carries the range of versions that
 * have it (`imports/version-ranges.ts`); the types are the newest ones. Types are called after their place, such as `MiddlewareSpecRateLimit`, and
 * `ObjectMeta` is the one of Kubernetes' own table.
 *
 * Patterns and formats are not carried over: a duration is any string.
 *
 * @param root the project's directory
 * @throws when a schema says something that this function can't read, naming where
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

/** The fields of custom kinds, and of the types that their fields refer to. */
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

/** The fields of an object, and in `types` those of every object below it. */
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

/** A word that the table's notation can hold. */
function readWord(word: unknown, name: string): string {
  if (typeof word === 'string' && /^[\w.-]+$/.test(word)) return word;
  throw new Error(`imports/crds: can't read ${JSON.stringify(word)}, a word of ${name}`);
}
