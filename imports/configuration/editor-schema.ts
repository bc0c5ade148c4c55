import type { OutputFile } from '../../lib/documents/file';
import { type DescribedSchema, describedSchema } from './described';

/**
 * The JSON Schema by which editors complete, check and explain `config/production.yaml`, whose first line names it. It
 * knows the keys and their types; the synth also checks the form of each value and what it refers to.
 */
export function editorSchemaFile(root: string): OutputFile[] {
  return [{ path: 'config/schema.json', text: editorSchema(describedSchema(root)) }];
}

function editorSchema({ schema, keys }: DescribedSchema): string {
  for (const { node, is, unit, default: effect, example } of keys) {
    const more = [unit && `Unit: ${unit}.`, effect && `Default: ${effect}`];
    node.description = [is, ...more].filter(Boolean).join(' ');
    node.examples = [example];
  }
  return `${JSON.stringify(schema, null, 2)}\n`;
}
