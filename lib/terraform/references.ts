import type { Json } from '../documents/kubernetes';
import type { Output } from '../documents/output';
import { readConfiguration, type TerraformBlock } from '../documents/terraform';

/**
 * A reference in an expression, such as `hcloud_ssh_key.mine.id`. Without an attribute, the expression reads the
 * whole object.
 */
export interface ExpressionReference {
  readonly symbol: string;
  readonly attribute: string;
}

/** Matches `var.size`, `hcloud_ssh_key.mine["a"].id`, `data.cloudflare_zone.shop.id`. */
const reference = /(?<![\w.-])((?:data\.)?[A-Za-z]\w*\.[\w-]+)(?:\[[^\]]*\])?(?:\.(\w+))?/g;

/** All references of the expressions in a value. */
export function referencesOf(value: Json | undefined): ExpressionReference[] {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes('${')) return [];
  return [...text.matchAll(reference)].map(([, symbol = '', attribute = '']) => ({ symbol, attribute }));
}

/** What else expressions can refer to: variables with their defaults, locals, modules and data sources. */
export function symbolsOf({ stacks }: Output): Map<string, Json> {
  return new Map(
    stacks.flatMap(({ configuration }) => {
      const { variable, locals = {}, data, module: modules = {} } = readConfiguration(configuration);
      const prefixed = (prefix: string, values: TerraformBlock) =>
        Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value ?? null] as const);
      return [
        ...Object.entries(variable).map(([name, body]) => [`var.${name}`, body['default'] ?? null] as const),
        ...prefixed('local', locals),
        ...prefixed('module', modules),
        ...Object.entries(data).flatMap(([type, bodies]) =>
          Object.entries(bodies).map(([name, body]) => {
            // Preconditions and postconditions can stop a plan, but change no values.
            const { lifecycle: _lifecycle, depends_on: _after, provider: _provider, ...asked } = body;
            return [`data.${type}.${name}`, asked] as const;
          }),
        ),
      ];
    }),
  );
}
