import type { SchemaNode } from './keys';

const fileName: SchemaNode = {
  type: 'string',
  description: 'The file that this file extends, as a path relative to this file.',
  examples: ['production.yaml'],
};

const removal: SchemaNode = { type: 'null', description: 'Removes the key.' };

/**
 * The schema of a file that extends another file: every key is optional and can be removed, and lists can be changed.
 */
export function environmentSchema(schema: SchemaNode): SchemaNode {
  const { properties, ...difference } = differenceOf(schema);
  return { ...difference, properties: { extends: fileName, ...properties }, required: ['extends'] };
}

function differenceOf({ required: _required, examples: _examples, ...node }: SchemaNode): SchemaNode {
  const { properties, additionalProperties, items, anyOf, oneOf } = node;
  if (items !== undefined) {
    const { description, ...list } = node;
    return { ...(description === undefined ? {} : { description }), anyOf: [list, listChange(list)] };
  }
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, orRemoved(value)]),
      ),
    }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: orRemoved(additionalProperties),
    }),
    ...(anyOf && { anyOf: anyOf.map(differenceOf) }),
    ...(oneOf && { oneOf: undefined, anyOf: oneOf.map(differenceOf) }),
  } as SchemaNode;
}

function orRemoved(node: SchemaNode): SchemaNode {
  const { description, ...difference } = differenceOf(node);
  return { ...(description === undefined ? {} : { description }), anyOf: [difference, removal] };
}

/** The schema for a change of a list in the extended file: elements to add, and elements to remove. */
function listChange(list: SchemaNode): SchemaNode {
  return {
    type: 'object',
    properties: { add: list, remove: { type: 'array', items: {} } },
    additionalProperties: false,
  };
}
