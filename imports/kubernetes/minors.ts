import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, printTable } from '../schema-table';
import type { MinorTable } from './openapi';

const directory = 'imports/kubernetes/minors';

export function minorFile(minor: string): string {
  return `${directory}/${minor}.json`;
}

export function printMinor({ source, kinds, types, mergeKeys, served }: MinorTable): string {
  const lists = { mergeKeys: inOrder(mergeKeys), served };
  const tail = JSON.stringify(lists, null, 2).slice(1).trimStart();
  return printTable(source, kinds, types).replace(/\n\}\n$/, `,\n  ${tail}\n`);
}

/** The stored tables by minor version, oldest first. */
export function readMinors(root: string): ReadonlyMap<string, MinorTable> {
  const minors = readdirSync(join(root, directory))
    .map((file) => file.replace(/\.json$/, ''))
    .sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  return new Map(minors.map((minor) => [minor, readMinor(join(root, minorFile(minor)))]));
}

type Plain<T> = Readonly<Record<string, T>>;

function readMinor(path: string): MinorTable {
  const { kinds, types, ...others } = JSON.parse(readFileSync(path, 'utf8')) as Omit<
    MinorTable,
    'kinds' | 'types'
  > & { readonly kinds: Plain<Plain<string>>; readonly types: Plain<Plain<string>> };
  const maps = (table: Plain<Plain<string>>): ReadonlyMap<string, Fields> =>
    new Map(Object.entries(table).map(([name, fields]) => [name, new Map(Object.entries(fields))]));
  return { ...others, kinds: maps(kinds), types: maps(types) };
}

function inOrder(entries: Plain<string>): Plain<string> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
