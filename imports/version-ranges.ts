import type { Fields } from './schema-table';

/**
 * Merges the tables of several versions. A field that only some versions have, or that has different types, carries the
 * range of the versions with this type: `operator@..1.34`, `operator@1.35..`, `workloadRef@1.35..1.35`. The `!` of a
 * required field is before the `@`.
 *
 * @param tables by version, oldest first
 */
export function mergeVersions(
  tables: ReadonlyMap<string, ReadonlyMap<string, Fields>>,
): ReadonlyMap<string, Fields> {
  const versions = [...tables.keys()];
  const names = new Set([...tables.values()].flatMap((table) => [...table.keys()]));
  return new Map(
    [...names].map((name) => {
      const fields = versions.map((version) => tables.get(version)?.get(name));
      return [name, mergeFields(fields, versions)];
    }),
  );
}

function mergeFields(all: readonly (Fields | undefined)[], versions: readonly string[]): Fields {
  const known = all.filter((fields) => fields !== undefined);
  // A type that only some versions have needs no range of its own: the fields that refer to it have the range.
  const names = new Set(known.flatMap((fields) => [...fields.keys()]));
  return new Map(
    [...names].flatMap((name) =>
      rangesOf(
        all.map((fields) => fields && (fields.get(name) ?? null)),
        versions,
      ).map(([range, type]) => [`${name}${range}`, type] as const),
    ),
  );
}

/** @param types by version: null if the type has no such field, undefined if the type does not exist */
function rangesOf(
  types: readonly (string | null | undefined)[],
  versions: readonly string[],
): (readonly [range: string, type: string])[] {
  const spans: { from: number; to: number; type: string }[] = [];
  for (const [index, type] of types.entries()) {
    const last = spans.at(-1);
    if (typeof type !== 'string') continue;
    const isSame = last?.type === type && types.slice(last.to, index).every((each) => each !== null);
    if (last && isSame) last.to = index;
    else spans.push({ from: index, to: index, type });
  }
  const isKnown = (part: typeof types) => part.some((type) => type !== undefined);
  return spans.map(({ from, to, type }) => {
    const [since, until] = [
      isKnown(types.slice(0, from)) ? versions[from] : '',
      isKnown(types.slice(to + 1)) ? versions[to] : '',
    ];
    return [since === '' && until === '' ? '' : `@${since}..${until}`, type] as const;
  });
}
