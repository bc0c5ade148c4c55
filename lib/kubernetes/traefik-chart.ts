import table from '../../imports/traefik-chart/keys.json';
import type { Json } from '../documents/kubernetes';
import { nearest } from '../documents/nearest';
import { resolveK3s } from './release/k3s-release';
import { isInRange, parseRanged } from './release/version-range';

/** A problem in the values of a chart: its path, what is wrong, and what is allowed. */
interface ChartProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** The keys of a version of Traefik's Helm chart. */
export interface ChartKeys {
  /** Version of the chart, such as 39.0.5. */
  readonly version: string;
  /** Allowed keys by path; `*` means any key. Below a path that is not listed, everything is allowed. */
  readonly keys: Readonly<Record<string, string>>;
  /** Paths of keys that other chart versions have, each with the path of the same setting in this version. */
  readonly renamed: Readonly<Record<string, string>>;
}

const charts = new Map<string, ChartKeys>();

/** The keys of a chart version. For an unknown version, those of the nearest earlier version. */
export function chartOfVersion(version: string): ChartKeys {
  let chart = charts.get(version);
  if (chart === undefined) {
    chart = { version, keys: inVersion(table.keys, version), renamed: inVersion(table.renamed, version) };
    charts.set(version, chart);
  }
  return chart;
}

function inVersion(entries: Readonly<Record<string, string>>, version: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => {
      const { name, range } = parseRanged(key);
      return isInRange(version, range) ? [[name, value]] : [];
    }),
  );
}

/**
 * The chart that a release of k3s bundles, such as `v1.34.6+k3s1`. For an unknown patch release, the chart of the
 * nearest known release.
 *
 * @returns undefined for an unknown minor version
 */
export function chartOf(k3sVersion: string): ChartKeys | undefined {
  const resolved = resolveK3s(k3sVersion);
  return resolved && chartOfVersion(resolved.release.chart);
}

export function knownCharts(): ChartKeys[] {
  return table.versions.map(chartOfVersion);
}

export function isChartKey(chart: ChartKeys, path: readonly string[]): boolean {
  return path.every((name, index) => {
    const keys = lookUp(chart.keys, path.slice(0, index))?.found;
    return keys === undefined || keys === anyKey || keys.split(' ').includes(name);
  });
}

/** Matches any key. */
const anyKey = '*';

/**
 * Problems that the values have with every known chart version. A manifest alone does not show the version of k3s.
 */
export function problemsOfEveryChart(values: Json): ChartProblem[] {
  const [first, ...others] = knownCharts()
    .reverse()
    .map((chart) => keyProblems(chart, values));
  const places = others.map((problems) => new Set(problems.map(({ path }) => path.join('.'))));
  return (first ?? []).filter(({ path }) => places.every((known) => known.has(path.join('.'))));
}

/**
 * Keys in the values that the chart does not have. k3s bundles the chart without its JSON schema, so Helm ignores
 * most unknown keys without an error.
 *
 * @param place path of the value in the chart's values
 */
export function keyProblems(chart: ChartKeys, value: Json, place: readonly string[] = []): ChartProblem[] {
  const path = ['values', ...place];
  const keys = lookUp(chart.keys, place)?.found;
  if (!isMap(value)) {
    // A null value removes the chart's default.
    if (keys === undefined || value === null) return [];
    const map = keys === anyKey ? 'a map' : `a map of ${keys.replaceAll(' ', ', ')}`;
    return [{ path, message: `is ${JSON.stringify(value)}; it must be ${map}` }];
  }
  const names = keys === anyKey ? undefined : keys?.split(' ');
  return Object.entries(value).flatMap(([name, below]) => {
    if (below === undefined) return [];
    const inner = [...place, name];
    if (names === undefined || names.includes(name)) return keyProblems(chart, below, inner);
    return [{ path: [...path, name], message: unknownKey(chart, inner, nearest(name, names)) }];
  });
}

function unknownKey(chart: ChartKeys, place: readonly string[], near: string | undefined): string {
  const says = `is not a key of Traefik's chart ${chart.version}`;
  const rename = lookUp(chart.renamed, place);
  if (rename !== undefined) return `${says}; in this version it is ${rename.found.replace('*', rename.name)}`;
  if (near !== undefined) return `${says}; did you mean "${near}"?`;
  return `${says}; imports/traefik-chart/${chart.version}.json lists the known keys`;
}

/**
 * The entry of a table for a path. If there is none, the entry for the path with one key replaced by `*`, and the
 * replaced key.
 */
function lookUp(
  table: Readonly<Record<string, string>>,
  place: readonly string[],
): { found: string; name: string } | undefined {
  const exact = entry(table, place.join('.'));
  if (exact !== undefined) return { found: exact, name: '' };
  for (const [index, name] of place.entries()) {
    const found = entry(table, place.with(index, '*').join('.'));
    if (found !== undefined) return { found, name };
  }
  return undefined;
}

function entry(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function isMap(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
