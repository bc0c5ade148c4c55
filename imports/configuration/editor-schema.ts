import type { OutputFile } from '../../lib/documents/file';
import { type DescribedSchema, describedSchema } from './described';
import { environmentSchema } from './environment-schema';
import type { SchemaNode } from './keys';
import { withSharedDefinitions } from './shared-definitions';

/**
 * The JSON Schemas with which editors complete, check and explain `config/production.yaml` and the environments that
 * extend it. The first line of each configuration file refers to its schema. The schemas contain only keys and types;
 * the synth also checks the form of each value and the references between values.
 */
export function editorSchemaFile(root: string): OutputFile[] {
  const described = describeNodes(describedSchema(root));
  return [
    { path: 'config/schema.json', text: `${JSON.stringify(withSharedDefinitions(described), null, 2)}\n` },
    // On one line, because it mostly repeats the other schema.
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
