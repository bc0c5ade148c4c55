import type { OutputFile } from '../../lib/documents/file';
import { type DescribedSchema, describedSchema } from './described';
import { environmentSchema } from './environment-schema';
import type { SchemaNode } from './keys';
import { withSharedDefinitions } from './shared-definitions';

/**
 * The JSON Schemas by which editors complete, check and explain `config/production.yaml` and the environments that extend
 * it, whose first lines name them. They know the keys and their types; the synth also checks the form of each value and
 * what it refers to.
 */
export function editorSchemaFile(root: string): OutputFile[] {
  const described = describeNodes(describedSchema(root));
  return [
    { path: 'config/schema.json', text: `${JSON.stringify(withSharedDefinitions(described), null, 2)}\n` },
    // On one line: it repeats the other one.
    {
      path: 'config/environment-schema.json',
      text: `${JSON.stringify(withSharedDefinitions(environmentSchema(described)))}\n`,
    },
  ];
}

function describeNodes({ schema, keys }: DescribedSchema): SchemaNode {
  for (const { node, is, unit, default: effect, example } of keys) {
    const more = [unit && `Unit: ${unit}.`, effect && `Default: ${effect}`];
    node.description = [is, ...more].filter(Boolean).join(' ');
    node.examples = [example];
  }
  return schema;
}
