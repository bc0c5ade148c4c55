import type { Json } from '../../documents/kubernetes';
import { parseQuantity } from '../quantity';
import { withoutDefaults } from './server-defaults';

/** The keys above quantities: the API server compares amounts, so that `1000m` is `1`. */
const amounts = new Set([
  'requests',
  'limits',
  'hard',
  'default',
  'defaultRequest',
  'capacity',
  'max',
  'min',
  'podFixed',
]);

/**
 * A text that is the same for two values of a field that the API server stores as the same one, whatever the order of
 * their keys, the unit of their quantities, and the defaults that they write out.
 *
 * @param field the key of the value, and the one above it
 */
export function storedValue(
  kind: string,
  [parent, field]: readonly [string, string],
  value: Json | undefined,
): string {
  const stripped = withoutDefaults(kind, parent, { [field]: value }) as { readonly [key: string]: Json };
  return JSON.stringify(comparable(parent, stripped));
}

function comparable(field: string, value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => comparable(field, item));
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted
      // The API server takes an empty list for none.
      .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
      .map(([key, each]) => [key, comparable(key, amountOf(field, key, each ?? null))]),
  );
}

function amountOf(parent: string, field: string, value: Json): Json {
  if (typeof value === 'object' || !(amounts.has(parent) || field === 'sizeLimit')) return value;
  return parseQuantity(String(value)) ?? value;
}
