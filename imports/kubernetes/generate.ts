import type { OutputFile } from '../../lib/documents/file';
import { type Fields, printTable, printTypes } from '../schema-table';
import { mergeVersions } from '../version-ranges';
import { minorFile, readMinors } from './minors';
import type { MinorTable } from './openapi';

/**
 * Generates, from the tables in `imports/kubernetes/minors`, the files for all minor versions that the program loads:
 * `schema.json`, which `lib/kubernetes/schema` reads, `served.json`, `merge-keys.json`, and `kinds.ts`, the types with
 * which rules read manifests. A field that only some minor versions have carries the range of these versions
 * (`imports/version-ranges.ts`).
 *
 * @param root the directory of the project
 */
export function kubernetesSchema(root: string): OutputFile[] {
  const minors = readMinors(root);
  const names = [...minors.keys()];
  const kinds = mergeVersions(mapped(minors, ({ kinds }) => kinds));
  const types = mergeVersions(mapped(minors, ({ types }) => types));
  const from = `imports/kubernetes/minors (Kubernetes ${names.join(', ')})`;
  const newest = minors.get(names.at(-1) ?? '');
  if (newest === undefined) throw new Error('imports/kubernetes/minors is empty');
  const served = mergeVersions(mapped(minors, servedFields)).get('served') ?? new Map<string, string>();
  const all = (table: 'kinds' | 'types') => everyField([...minors.values()].map((each) => each[table]));
  return [
    { path: 'imports/kubernetes/schema.json', text: printTable(from, kinds, types) },
    { path: 'imports/kubernetes/kinds.ts', text: printTypes(from, all('kinds'), all('types')) },
    {
      path: 'imports/kubernetes/served.json',
      text: printJson({ source: from, minors: names, kinds: [...served.keys()].sort() }),
    },
    {
      path: 'imports/kubernetes/merge-keys.json',
      text: printJson({ source: from, keys: mergeKeysByParent([...minors.values()]) }),
    },
  ];
}

function mapped<T>(
  minors: ReadonlyMap<string, MinorTable>,
  of: (table: MinorTable) => T,
): ReadonlyMap<string, T> {
  return new Map([...minors].map(([minor, table]) => [minor, of(table)]));
}

function servedFields({ served }: MinorTable): ReadonlyMap<string, Fields> {
  return new Map([['served', new Map(served.map((kind) => [kind, '']))]]);
}

/** Every field of any minor version, in the form of the newest version that has it. */
function everyField(tables: readonly ReadonlyMap<string, Fields>[]): ReadonlyMap<string, Fields> {
  const all = new Map<string, Map<string, string>>();
  for (const [type, fields] of tables.flatMap((table) => [...table])) {
    const known = all.get(type) ?? new Map<string, string>();
    for (const [field, of] of fields) known.set(field.replace('!', ''), of);
    all.set(type, known);
  }
  return all;
}

/**
 * The lists that `kubectl apply` merges item by item, by the names of the parent field and of the list:
 * `containers.env`. For a list at the root of an object, the first name is empty.
 *
 * @throws an error if the same pair of names has two merge keys: the key must then depend on the type
 */
function mergeKeysByParent(minors: readonly MinorTable[]): Readonly<Record<string, string>> {
  const keys = new Map<string, string>();
  for (const { kinds, types, mergeKeys } of minors) {
    const owners = new Map<string, Set<string>>();
    for (const [kind] of kinds) owners.set(kind, new Set(['']));
    for (const fields of [...kinds.values(), ...types.values()]) {
      for (const [field, type] of fields) {
        const owner = type.replaceAll(/^map<|>$|\[\]/g, '');
        owners.set(owner, (owners.get(owner) ?? new Set()).add(field.replace('!', '')));
      }
    }
    for (const [place, key] of Object.entries(mergeKeys)) {
      const dot = place.lastIndexOf('.');
      for (const parent of owners.get(place.slice(0, dot)) ?? []) {
        const pair = `${parent}.${place.slice(dot + 1)}`;
        const other = keys.get(pair);
        if (other !== undefined && other !== key)
          throw new Error(`${minorFile('*')}: ${pair} has two merge keys, ${other} and ${key}`);
        keys.set(pair, key);
      }
    }
  }
  return Object.fromEntries([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
