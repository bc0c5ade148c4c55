/**
 * An object type's fields by their JSON names, `!` at the end of those that are required:
 * `{"name!": "string", "ports": "Port[]"}`.
 *
 * A field's type is `string`, `integer`, `boolean`, `quantity`, `int-or-string`, `time`, `any`, the name of another
 * type, `integer<1..>` or `integer<100..599>` for a range, `enum<abort|reinstall>` for words, or one of these as
 * `X[]` or `map<X>`.
 */
export type Fields = ReadonlyMap<string, string>;

/**
 * The text of a table that `lib/checks/kubernetes-schema.ts` walks. One type a line and everything in order of code
 * units: a new version of the source is a diff that can be read.
 *
 * @param from what the table is derived from
 * @param kinds the types of whole objects, by `<apiVersion>/<kind>`
 * @param types the types that fields refer to, by their names
 */
export function printTable(
  from: string,
  kinds: ReadonlyMap<string, Fields>,
  types: ReadonlyMap<string, Fields>,
): string {
  const lines = (entries: ReadonlyMap<string, Fields>): string =>
    inOrder(entries)
      .map(([name, fields]) => `    "${name}": ${JSON.stringify(Object.fromEntries(inOrder(fields)))}`)
      .join(',\n');
  return `{
  "source": ${JSON.stringify(from)},
  "kinds": {
${lines(kinds)}
  },
  "types": {
${lines(types)}
  }
}
`;
}

function inOrder<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
