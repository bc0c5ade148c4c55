import type { Json } from '../../documents/kubernetes';
import { parseQuantity } from '../quantity';
import { withoutDefaults } from './server-defaults';

/** Fields that contain quantities. The API server compares quantities as numbers: `1000m` equals `1`. */
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
 * A string for comparisons: equal for two values of a field that the API server stores as the same value. The
 * order of keys, the units of quantities and explicit defaults make no difference.
 *
 * @param field the key of the value, with the key of the map that contains it
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
      // For the API server, an empty list equals an absent list.
      .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
      .map(([key, each]) => [key, comparable(key, amountOf(field, key, each ?? null))]),
  );
}

function amountOf(parent: string, field: string, value: Json): Json {
  if (typeof value === 'object' || !(amounts.has(parent) || field === 'sizeLimit')) return value;
  return parseQuantity(String(value)) ?? value;
}
