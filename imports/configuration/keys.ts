import { z } from 'zod';
import { deploymentSchema } from '../../lib/deployment/config/schema/schema';

/** The subset of JSON Schema that the configuration's schema uses. */
export interface SchemaNode {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: SchemaNode | boolean;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  description?: string;
  examples?: unknown[];
  $ref?: string;
  $defs?: Record<string, SchemaNode>;
}

/** One key of the configuration, with its place in the schema. */
export interface ConfigurationKey {
  /**
   * The steps of the path: `*` is a name that the user chooses, `*(Redis)` a workload of that kind, `[]` an element of
   * a list.
   */
  readonly steps: readonly string[];
  readonly isRequired: boolean;
  readonly node: SchemaNode;
}

/** The description of a key in keys.yaml. */
export interface KeyDescription {
  readonly is: string;
  /** The unit of a number. */
  readonly unit?: string;
  /** What happens if the key is not set. */
  readonly default?: string;
}

export function configurationSchema(): SchemaNode {
  return z.toJSONSchema(deploymentSchema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
}

/** Every key below a node, parents before their children. */
export function keysOf(node: SchemaNode, steps: readonly string[] = []): ConfigurationKey[] {
  return [
    ...alternativesOf(node).flatMap((each) => keysOf(each, withKind(steps, each))),
    ...(typeof node.additionalProperties === 'object'
      ? keysOf(node.additionalProperties, [...steps, '*'])
      : []),
    ...(node.items === undefined ? [] : keysOf(node.items, [...steps, '[]'])),
    ...Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
      const below = [...steps, key];
      const isRequired = node.required?.includes(key) ?? false;
      return [{ steps: below, isRequired, node: value }, ...keysOf(value, below)];
    }),
  ];
}

export function alternativesOf({ anyOf, oneOf }: SchemaNode): SchemaNode[] {
  return anyOf ?? oneOf ?? [];
}

function withKind(steps: readonly string[], { properties }: SchemaNode): readonly string[] {
  const kind = properties?.['kind']?.const;
  return kind === undefined ? steps : [...steps.slice(0, -1), `${steps.at(-1)}(${kind})`];
}

/** `promises[].when`, `workloads.*(Redis).storage`. */
export function pathOf(steps: readonly string[]): string {
  return steps.join('.').replaceAll('.[]', '[]');
}

/**
 * The paths under which keys.yaml may describe a key: first the key's own path, then a path for several kinds, then the
 * longest suffix.
 */
export function entriesFor(steps: readonly string[]): string[] {
  const general = steps.map((step) => step.replace(/\(\w+\)$/, ''));
  const ends = general.map((_, index) => `**.${pathOf(general.slice(index))}`);
  return [pathOf(steps), pathOf(general), ...ends];
}

/** All values of a configuration at a path. */
export function valuesAt(data: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return data === undefined ? [] : [data];
  if (typeof data !== 'object' || data === null) return [];
  if (step === '[]' || step === '*')
    return Object.values(data).flatMap((each: unknown) => valuesAt(each, rest));
  const kind = /^\*\((\w+)\)$/.exec(step)?.[1];
  if (kind === undefined) return valuesAt((data as Record<string, unknown>)[step], rest);
  const workloads = Object.values(data as Record<string, { kind?: string }>);
  return workloads.filter((each) => each.kind === kind).flatMap((each) => valuesAt(each, rest));
}
