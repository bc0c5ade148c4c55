import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import hcloud from '../../../imports/hcloud/schema.json';
import type { Json } from '../../../lib/documents/kubernetes';
import { root } from '../../support/configuration';

/** What a provider takes at one place. A number may come as text, and anything as an expression. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'bool' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Field>> };

interface Field {
  readonly required: boolean;
  readonly shape: Shape;
}

/** What Terraform takes of any resource. */
const metaArguments = ['depends_on', 'for_each', 'lifecycle'];

/** Everything in which a body differs from what its provider takes. */
export function differences(shape: Shape, value: Json | undefined, place: string): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string' && /^\$\{[\s\S]*\}$/.test(value)) return [];
  switch (shape.kind) {
    case 'any':
      return [];
    case 'list':
      if (!Array.isArray(value)) return [`${place} is no list`];
      return value.flatMap((item: Json, index) => differences(shape.of, item, `${place}[${index}]`));
    case 'map':
      if (!isMap(value)) return [`${place} is no map`];
      return Object.entries(value).flatMap(([key, below]) => differences(shape.of, below, `${place}.${key}`));
    case 'object':
      return isMap(value) ? fieldDifferences(shape.fields, value, place) : [`${place} is no block`];
    default:
      return fits(shape.kind, value) ? [] : [`${place} is ${JSON.stringify(value)}, and no ${shape.kind}`];
  }
}

function fieldDifferences(
  fields: Readonly<Record<string, Field>>,
  value: Readonly<Record<string, Json | undefined>>,
  place: string,
): string[] {
  const missing = Object.entries(fields)
    .filter(([name, { required }]) => required && value[name] === undefined)
    .map(([name]) => `${place}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, below]) => {
    const field = fields[name];
    return field === undefined
      ? [`${place}.${name} is unknown`]
      : differences(field.shape, below, `${place}.${name}`);
  });
  return [...missing, ...wrong];
}

function fits(kind: 'string' | 'number' | 'bool', value: Json): boolean {
  if (kind === 'string') return typeof value === 'string';
  if (kind === 'bool') return typeof value === 'boolean';
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

function isMap(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The shape of a resource or, with the name of a data source, of that one. */
export function shapeOf(type: string, isData = false): Shape {
  return type.startsWith('hcloud_') ? hcloudShape(type) : cloudflareShape(type, isData);
}

type HcloudType = string | readonly [string, HcloudType];

interface HcloudBlock {
  readonly attributes?: Readonly<
    Record<string, { readonly type: HcloudType; readonly required?: boolean; readonly optional?: boolean }>
  >;
  readonly block_types?: Readonly<
    Record<
      string,
      { readonly block: HcloudBlock; readonly nesting_mode: string; readonly min_items?: number }
    >
  >;
}

/** From `terraform providers schema -json`. What is only computed can't be set. */
function hcloudShape(type: string): Shape {
  const schemas = hcloud.provider_schemas['registry.terraform.io/hetznercloud/hcloud'].resource_schemas;
  const schema = (schemas as unknown as Record<string, { block: HcloudBlock }>)[type];
  if (schema === undefined) throw new Error(`hcloud has no ${type}`);
  const shape = blockShape(schema.block);
  return withMetaArguments(shape);
}

function blockShape({ attributes = {}, block_types: blocks = {} }: HcloudBlock): Shape {
  const settable = Object.entries(attributes).filter(([, { required, optional }]) => required || optional);
  return {
    kind: 'object',
    fields: {
      ...Object.fromEntries(
        settable.map(([name, { type, required = false }]) => [name, { required, shape: typeShape(type) }]),
      ),
      ...Object.fromEntries(
        Object.entries(blocks).map(([name, { block, nesting_mode: mode, min_items: least = 0 }]) => {
          const below = blockShape(block);
          const shape: Shape = mode === 'single' ? below : { kind: 'list', of: below };
          return [name, { required: least > 0, shape }];
        }),
      ),
    },
  };
}

function typeShape(type: HcloudType): Shape {
  if (typeof type === 'string') return { kind: type as 'string' };
  const [kind, of] = type;
  return { kind: kind === 'map' ? 'map' : 'list', of: typeShape(of) };
}

/** From the types of the prebuilt constructs, which are generated from the provider's schema. */
function cloudflareShape(type: string, isData: boolean): Shape {
  const name = type.replace(/^cloudflare_/, '').replaceAll('_', '-');
  const folder = isData ? `data-cloudflare-${name}` : name;
  const file = join(root, 'node_modules/@cdktf/provider-cloudflare/lib', folder, 'index.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]),
  );
  const config = [...interfaces.keys()].find((each) => /Config$/.test(each) && !/ConfigA$/.test(each));
  if (config === undefined) throw new Error(`cloudflare has no ${type}`);
  return withMetaArguments(interfaceShape(config, interfaces, source));
}

function interfaceShape(
  name: string,
  interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>,
  source: ts.SourceFile,
): Shape {
  const properties = interfaces.get(name)?.members.filter(ts.isPropertySignature) ?? [];
  return {
    kind: 'object',
    fields: Object.fromEntries(
      properties.map((property) => {
        const camel = property.name.getText(source);
        const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        const text = (property.type?.getText(source) ?? '').replace(/ \| cdktf\.IResolvable/g, '');
        const shape = textShape(text, interfaces, source);
        return [snake, { required: property.questionToken === undefined, shape }];
      }),
    ),
  };
}

function textShape(
  text: string,
  interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>,
  source: ts.SourceFile,
): Shape {
  if (text === 'string' || text === 'number') return { kind: text };
  if (text === 'boolean') return { kind: 'bool' };
  if (text.endsWith('[]')) return { kind: 'list', of: textShape(text.slice(0, -2), interfaces, source) };
  // A map of anything stands for what has no type of its own, such as the value of a setting.
  if (text.startsWith('{')) return { kind: 'any' };
  if (interfaces.has(text)) return interfaceShape(text, interfaces, source);
  throw new Error(`can't read the type ${text}`);
}

function withMetaArguments(shape: Shape): Shape {
  if (shape.kind !== 'object') return shape;
  const meta = metaArguments.map((name) => [name, { required: false, shape: { kind: 'any' } }] as const);
  return { kind: 'object', fields: { ...shape.fields, ...Object.fromEntries(meta) } };
}
