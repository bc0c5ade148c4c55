import type { Json } from '../documents/kubernetes';
import type { Output } from '../documents/output';
import { readConfiguration, type TerraformBlock } from '../documents/terraform';

/** What an expression reads: `hcloud_ssh_key.mine` and its attribute `id`; a value read as a whole has none. */
export interface ExpressionReference {
  readonly symbol: string;
  readonly attribute: string;
}

/** `var.size`, `hcloud_ssh_key.mine["a"].id`, `data.cloudflare_zone.shop.id` */
const reference = /(?<![\w.-])((?:data\.)?[A-Za-z]\w*\.[\w-]+)(?:\[[^\]]*\])?(?:\.(\w+))?/g;

/** Everything that the expressions in a value refer to. */
export function referencesOf(value: Json | undefined): ExpressionReference[] {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes('${')) return [];
  return [...text.matchAll(reference)].map(([, symbol = '', attribute = '']) => ({ symbol, attribute }));
}

/** What expressions can refer to other than resources: variables by their defaults, locals, modules, data sources. */
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
            // Its conditions decide whether a plan goes on, and not which values it reads.
            const { lifecycle: _lifecycle, depends_on: _after, provider: _provider, ...asked } = body;
            return [`data.${type}.${name}`, asked] as const;
          }),
        ),
      ];
    }),
  );
}
