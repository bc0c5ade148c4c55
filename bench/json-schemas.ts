import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Writes the JSON Schema of each kind of one minor version of Kubernetes, from the tables in
 * `imports/kubernetes/minors`, in the layout that kubeconform reads.
 *
 * @returns kubeconform's `-schema-location`
 */
export function writeJsonSchemas(root: string, minor: string, directory: string): string {
  const file = join(root, 'imports', 'kubernetes', 'minors', `${minor}.json`);
  const { kinds, types } = JSON.parse(readFileSync(file, 'utf8')) as { kinds: Table; types: Table };
  const definitions = Object.fromEntries(
    Object.entries(types).map(([name, fields]) => [name, objectSchema(fields)]),
  );
  mkdirSync(directory, { recursive: true });
  for (const [kind, fields] of Object.entries(kinds)) {
    // kubeconform takes `v1` for the group of the core kinds.
    const path = kind.startsWith('v1/') ? `v1/${kind}` : kind;
    const name = `${path.replaceAll('/', '_').toLowerCase()}.json`;
    writeFileSync(join(directory, name), JSON.stringify({ ...objectSchema(fields), definitions }));
  }
  return join(directory, '{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json');
}

function objectSchema(fields: Readonly<Record<string, string>>): object {
  const required = Object.keys(fields).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, type]) => [name.replace('!', ''), valueSchema(type)]),
    ),
    // An empty list is invalid in draft 4, which kubeconform reads.
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const scalars: Readonly<Record<string, object>> = {
  any: {},
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  'int-or-string': { type: ['integer', 'string'] },
  quantity: { type: ['number', 'string'] },
  string: { type: 'string' },
  time: { type: 'string' },
};

/** The schema of a type in the notation of `imports/schema-table.ts`. */
function valueSchema(type: string): object {
  if (type.endsWith('[]')) return { type: 'array', items: valueSchema(type.slice(0, -2)) };
  const [, of] = /^map<(.*)>$/.exec(type) ?? [];
  if (of !== undefined) return { type: 'object', additionalProperties: valueSchema(of) };
  const [, words] = /^enum<(.*)>$/.exec(type) ?? [];
  if (words !== undefined) return { enum: words.split('|') };
  return scalars[type] ?? { $ref: `#/definitions/${type}` };
}
