import type { Json } from '../documents/kubernetes';
import { parseQuantity } from '../documents/quantity';

/** Tells whether Kubernetes reads a value as a quantity: text that parses, or a plain number. */
export function isQuantity(value: Json): boolean {
  return typeof value === 'string' ? parseQuantity(value) !== undefined : Number.isFinite(value);
}

/** The quantity that was meant by `512MB`, `512 mi` or `1K`: slips of the suffix. The digits stay as they are. */
export function nearestQuantity(value: string): string | undefined {
  const [, digits = '', unit = ''] = value.match(/^\s*([\d.]+)\s*([A-Za-z]*?)[Bb]?\s*$/) ?? [];
  const suffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'k', 'M', 'G', 'T', 'P', 'E'];
  const suffix = suffixes.find((each) => each.toLowerCase() === unit.toLowerCase());
  const near = `${digits}${suffix}`;
  return isQuantity(near) ? near : undefined;
}
