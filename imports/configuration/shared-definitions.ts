import type { SchemaNode } from './keys';

/** Minimum length of a shared part, in characters. A reference does not shorten smaller parts. */
const leastLength = 120;

/**
 * Moves each large part that occurs several times to a definition, and replaces its occurrences by references. Editors
 * parse the schema at each start, so it should be small.
 */
export function withSharedDefinitions(schema: SchemaNode): SchemaNode {
  const counts = new Map<string, number>();
  countParts(schema, counts);
  const names = new Map<string, string>();
  const $defs: Record<string, SchemaNode> = {};
  const share = (node: SchemaNode, name: string, isRoot = false): SchemaNode => {
    const text = JSON.stringify(node);
    if (isRoot || text.length < leastLength || (counts.get(text) ?? 0) < 2) return below(node, name, share);
    let known = names.get(text);
    if (known === undefined) {
      known = freeName(name, $defs);
      names.set(text, known);
      // Takes the name before the parts below this node can take it.
      $defs[known] = {};
      $defs[known] = below(node, name, share);
    }
    return { $ref: `#/$defs/${known}` };
  };
  const shared = share(schema, 'deployment', true);
  return Object.keys($defs).length === 0 ? shared : { ...shared, $defs };
}

/** The schema with all references resolved, as an editor sees it. */
export function withoutReferences({ $defs = {}, ...schema }: SchemaNode): SchemaNode {
  const expand = (node: SchemaNode, name: string): SchemaNode => {
    const { $ref } = node;
    const target = $ref === undefined ? node : ($defs[$ref.slice('#/$defs/'.length)] ?? {});
    return below(target, name, expand);
  };
  return expand(schema, '');
}

/** Parts inside a shared part are counted once, because the shared part is written once. */
function countParts(node: SchemaNode, counts: Map<string, number>): void {
  const text = JSON.stringify(node);
  const count = (counts.get(text) ?? 0) + 1;
  counts.set(text, count);
  if (count > 1 && text.length >= leastLength) return;
  below(node, '', (part) => {
    countParts(part, counts);
    return part;
  });
}

/** A copy of the node with all parts below it replaced. A shared part gets the name of its key. */
function below(
  node: SchemaNode,
  name: string,
  replace: (part: SchemaNode, name: string) => SchemaNode,
): SchemaNode {
  const { properties, additionalProperties, items, anyOf, oneOf } = node;
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, replace(part, key)]),
      ),
    }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: replace(additionalProperties, name),
    }),
    ...(items && { items: replace(items, name) }),
    ...(anyOf && { anyOf: anyOf.map((part) => replace(part, name)) }),
    ...(oneOf && { oneOf: oneOf.map((part) => replace(part, name)) }),
  };
}

function freeName(name: string, taken: Readonly<Record<string, SchemaNode>>): string {
  const numbered = (count: number): string => {
    const candidate = count === 1 ? name : `${name}${count}`;
    return candidate in taken ? numbered(count + 1) : candidate;
  };
  return numbered(1);
}
