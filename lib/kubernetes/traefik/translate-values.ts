import type { Json } from '../../documents/kubernetes';
import { type ChartKeys, isChartKey, knownCharts } from '../traefik-chart';

/** A key whose name differs between chart versions: its name in another version, and its name in this version. */
export interface RenamedKey {
  readonly from: string;
  readonly to: string;
}

/**
 * Renames keys of other chart versions to their names in this version. A key that also changed its form, or that has
 * no name in this version, stays unchanged: `keyProblems` reports the key.
 */
export function translateValues(
  chart: ChartKeys,
  values: Json,
): { readonly values: Json; readonly renamed: readonly RenamedKey[] } {
  const renamed = new Map<string, RenamedKey>();
  let result: Json = {};
  for (const { path, value } of leaves(values)) {
    const rename = isChartKey(chart, path) ? undefined : renameOf(chart, path);
    if (rename !== undefined) renamed.set(rename.from, rename);
    const steps = rename === undefined ? path : [...rename.to.split('.'), ...path.slice(rename.length)];
    result = merge(result, nest(steps, value));
  }
  return { values: result, renamed: [...renamed.values()].map(({ from, to }) => ({ from, to })) };
}

/** The new name of the longest renamed prefix of a path. */
function renameOf(
  { renamed }: ChartKeys,
  path: readonly string[],
): (RenamedKey & { readonly length: number }) | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const from = path.slice(0, length);
    const to = Object.hasOwn(renamed, from.join('.')) ? renamed[from.join('.')] : undefined;
    const isName = to !== undefined && /^[\w.]+$/.test(to);
    if (isName && knownCharts().some((other) => isChartKey(other, from)))
      return { from: from.join('.'), to, length };
  }
  return undefined;
}

/** Every value that is not a non-empty map, with its path. */
function leaves(value: Json, path: readonly string[] = []): { path: readonly string[]; value: Json }[] {
  if (!isMap(value) || Object.keys(value).length === 0) return path.length === 0 ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([name, below]) =>
    below === undefined ? [] : leaves(below, [...path, name]),
  );
}

function nest(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
}

function merge(base: Json, more: Json): Json {
  if (!isMap(base) || !isMap(more)) return more;
  const merged: Record<string, Json | undefined> = { ...base };
  for (const [name, value] of Object.entries(more)) {
    const under = base[name];
    if (value !== undefined) merged[name] = under === undefined ? value : merge(under, value);
  }
  return merged;
}

function isMap(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
