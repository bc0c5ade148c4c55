import type { CreateNodeOptions, DocumentOptions, ParseOptions, SchemaOptions, ToStringOptions } from 'yaml';

type Options = DocumentOptions & SchemaOptions & ParseOptions & CreateNodeOptions & ToStringOptions;

/** A value as YAML. The package is loaded by the first construct that has YAML in a field; most have none. */
export function yamlText(value: unknown, options: Options): string {
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(value, options);
}
