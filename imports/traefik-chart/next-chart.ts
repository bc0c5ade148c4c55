/** `imports/traefik-chart/<version>.json`. */
export interface ChartTable {
  readonly source: string;
  readonly version: string;
  /** By path: the allowed keys, `*` for a map with any keys. If a path is not listed, any value is allowed. */
  readonly keys: Readonly<Record<string, string>>;
  /** By path of a key in other versions: the path of the same value in this version. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** The used parts of a chart's `values.schema.json`. */
export interface ValuesSchema {
  readonly properties?: Readonly<Record<string, ValuesSchema>>;
  readonly additionalProperties?: boolean | ValuesSchema;
}

interface NextChart {
  readonly version: string;
  readonly known: ChartTable;
  readonly schema: ValuesSchema;
  readonly knownSchema: ValuesSchema;
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * The table of a new chart version: the table of a known version, plus and minus the differences between the schemas.
 */
export function nextChart({ version, known, schema, knownSchema, renamed }: NextChart): ChartTable {
  const [before, after] = [keysOf(knownSchema), keysOf(schema)];
  const keys = new Map(Object.entries(known.keys));
  for (const [path, names] of after) {
    const old = before.get(path);
    const table = keys.get(path)?.split(' ');
    // Below a path that is not listed any key is allowed, unless the whole map is new.
    if (table !== undefined) {
      const kept = table.filter((name) => names.has(name) || old === undefined || !old.has(name));
      const added = [...names].filter((name) => old !== undefined && !old.has(name));
      keys.set(path, [...new Set([...kept, ...added])].sort().join(' '));
    } else if (old === undefined && keys.has(parentOf(path))) {
      keys.set(path, [...names].sort().join(' '));
    }
  }
  for (const path of before.keys()) if (!after.has(path)) keys.delete(path);
  for (const old of Object.keys(renamed)) removeKey(keys, old);
  return {
    source: `The table of ${known.version}, and what values.schema.json of traefik-helm-chart v${version} adds and removes. Renames: its release notes.`,
    version,
    keys: Object.fromEntries([...keys].sort(([a], [b]) => (a < b ? -1 : 1))),
    renamed: Object.fromEntries(
      Object.entries({ ...known.renamed, ...renamed })
        .filter(([old]) => !isKey(keys, old))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

function keysOf(schema: ValuesSchema, path = ''): Map<string, ReadonlySet<string>> {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const { properties, additionalProperties } = schema;
  if (properties !== undefined) {
    const own = [path, new Set(Object.keys(properties))] as const;
    return new Map([
      own,
      ...Object.entries(properties).flatMap(([name, each]) => [...keysOf(each, below(name))]),
    ]);
  }
  return typeof additionalProperties === 'object' ? keysOf(additionalProperties, below('*')) : new Map();
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}

function isKey(keys: ReadonlyMap<string, string>, path: string): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return keys.get(parentOf(path))?.split(' ').includes(name) ?? false;
}

function removeKey(keys: Map<string, string>, path: string): void {
  const parent = parentOf(path);
  const name = path.slice(path.lastIndexOf('.') + 1);
  const left = keys
    .get(parent)
    ?.split(' ')
    .filter((each) => each !== name);
  if (left !== undefined) keys.set(parent, left.join(' '));
}
