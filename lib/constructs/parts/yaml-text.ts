import type { CreateNodeOptions, DocumentOptions, ParseOptions, SchemaOptions, ToStringOptions } from 'yaml';

type Options = DocumentOptions & SchemaOptions & ParseOptions & CreateNodeOptions & ToStringOptions;

/**
 * Prints a value as YAML. The yaml package is loaded at the first call, because most constructs don't need
 * it.
 */
export function yamlText(value: unknown, options: Options): string {
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(value, options);
}
