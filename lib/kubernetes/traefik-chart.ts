import chart39 from '../../imports/traefik-chart/39.0.5.json';
import type { Json } from '../documents/kubernetes';
import { nearest } from '../documents/nearest';

/** A problem of chart values: its path and what is right. */
interface ChartProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A version of Traefik's Helm chart, and its keys. */
export interface TraefikChartVersion {
  /** Version of the chart, such as 39.0.5. */
  readonly version: string;
  /** Version of k3s' copy, such as 39.0.501+up39.0.5. */
  readonly package: string;
  /** Version of Traefik, such as 3.6.10. */
  readonly traefik: string;
  /** Versions of k3s that bundle the chart. */
  readonly k3s: readonly string[];
  /** Allowed keys by path; `*` means any key. Below a path that is not listed, any value is accepted. */
  readonly keys: Readonly<Record<string, string>>;
  /** Keys of other chart versions, and their paths in this version. */
  readonly renamed: Readonly<Record<string, string>>;
}

const charts: readonly TraefikChartVersion[] = [chart39];

/** The chart that a version of k3s bundles, such as `v1.34.6+k3s1`. Undefined if it is not known here. */
export function chartOf(k3sVersion: string): TraefikChartVersion | undefined {
  return charts.find(({ k3s }) => k3s.includes(k3sVersion));
}

/** The problem of a k3s version whose chart is not known here. */
export function versionProblem(k3sVersion: string): ChartProblem | undefined {
  if (chartOf(k3sVersion) !== undefined) return undefined;
  const known = charts.flatMap(({ k3s }) => k3s).join(', ');
  const message = `is "${k3sVersion}", whose Traefik chart is not known here; the known versions are ${known}: add the keys of its values.yaml to imports/traefik-chart`;
  return { path: ['k3sVersion'], message };
}

/** Matches any key. */
const anyKey = '*';

/** Problems that values have with every known chart: a manifest alone does not tell the version of k3s. */
export function problemsOfEveryChart(values: Json): ChartProblem[] {
  const [first, ...others] = charts.map((chart) => keyProblems(chart, values));
  const places = others.map((problems) => new Set(problems.map(({ path }) => path.join('.'))));
  return (first ?? []).filter(({ path }) => places.every((known) => known.has(path.join('.'))));
}

/**
 * Keys that the chart does not have. For some of them the chart's schema makes the release fail in the cluster;
 * others are ignored without an error.
 *
 * @param place path of the value in the chart's values
 */
export function keyProblems(
  chart: TraefikChartVersion,
  value: Json,
  place: readonly string[] = [],
): ChartProblem[] {
  const path = ['values', ...place];
  const keys = lookUp(chart.keys, place)?.found;
  if (!isMap(value)) {
    // null removes the default of the chart.
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

function unknownKey(chart: TraefikChartVersion, place: readonly string[], near: string | undefined): string {
  const says = `is not a key of Traefik's chart ${chart.version}`;
  const rename = lookUp(chart.renamed, place);
  if (rename !== undefined) return `${says}; in this version it is ${rename.found.replace('*', rename.name)}`;
  if (near !== undefined) return `${says}; did you mean "${near}"?`;
  return `${says}; imports/traefik-chart/${chart.version}.json lists the known keys`;
}

/** The entry of a table for a path, or for the path with one key replaced by `*`; and that key. */
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
