import type { Json, JsonMap } from '../documents/kubernetes';
import type { TerraformResource } from '../documents/terraform';

/**
 * The instances that Terraform creates from a resource with a literal `for_each` or `count`, each with its own
 * address. If `for_each` or `count` is an expression (`${…}`), the resource is returned unchanged, because its
 * instances are unknown.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function instancesOf(resource: TerraformResource): TerraformResource[] {
  const { for_each: each, count, ...body } = resource.body;
  if (isMap(each))
    return Object.entries(each).map(([key, value]) => ({
      ...resource,
      address: `${resource.address}[${JSON.stringify(key)}]`,
      body: filled(body, { 'each.key': key, 'each.value': value }),
    }));
  if (typeof count !== 'number') return [resource];
  return Array.from({ length: count }, (_, index) => ({
    ...resource,
    address: `${resource.address}[${index}]`,
    body: filled(body, { 'count.index': index }),
  }));
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Replaces `${each.key}`, `${each.value}` and `${count.index}` in arguments. Other expressions remain. */
function filled(body: JsonMap, values: Readonly<Record<string, Json | undefined>>): JsonMap {
  const text = JSON.stringify(body).replace(/"([^"]*\$\{(?:each|count)\.[^"]*)"/g, (whole, inner: string) => {
    const resolved = inner.replace(/\$\{((?:each|count)\.\w+)\}/g, (expression, name: string) => {
      const value = values[name];
      return typeof value === 'string' || typeof value === 'number'
        ? JSON.stringify(String(value)).slice(1, -1)
        : expression;
    });
    return inner === resolved ? whole : `"${resolved}"`;
  });
  return JSON.parse(text) as JsonMap;
}
