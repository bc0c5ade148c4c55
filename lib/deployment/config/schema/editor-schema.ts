import { z } from 'zod';
import type { OutputFile } from '../../../documents/file';
import { deploymentSchema } from './schema';

/**
 * The JSON Schema by which editors complete and check `config/production.yaml`, whose first line names it. It knows
 * the keys and their types; what a value must be beyond its type, and what it refers to, only the synth knows.
 */
export function editorSchemaFile(): OutputFile {
  const schema = z.toJSONSchema(deploymentSchema, { io: 'input', unrepresentable: 'any' });
  return { path: 'config/schema.json', text: `${JSON.stringify(schema, null, 2)}\n` };
}
