import chart39 from '../../imports/traefik-chart/39.0.5.json';
import type { Json } from '../documents/kubernetes';
import { nearest } from '../documents/nearest';

/** One thing that is wrong with a chart's values: where, and what would be right. */
interface ChartProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A version of Traefik's Helm chart, and the keys that it takes. */
export interface TraefikChartVersion {
  /** The chart's own version, such as 39.0.5. */
  readonly version: string;
  /** What k3s calls its copy of it, such as 39.0.501+up39.0.5. */
  readonly package: string;
  /** The Traefik that it runs, such as 3.6.10. */
  readonly traefik: string;
  /** The versions of k3s that bundle it. */
  readonly k3s: readonly string[];
  /** The keys at each path, `*` for a map of any keys; at a path that is missing any value is accepted. */
  readonly keys: Readonly<Record<string, string>>;
  /** Paths of other versions' keys, and where their values stand in this one. */
  readonly renamed: Readonly<Record<string, string>>;
}

const charts: readonly TraefikChartVersion[] = [chart39];

/** The chart that a version of k3s bundles, such as `v1.34.6+k3s1`; undefined when its keys are not known here. */
export function chartOf(k3sVersion: string): TraefikChartVersion | undefined {
  return charts.find(({ k3s }) => k3s.includes(k3sVersion));
}

/** The problem of a version of k3s whose chart is not known here. */
export function versionProblem(k3sVersion: string): ChartProblem | undefined {
  if (chartOf(k3sVersion) !== undefined) return undefined;
  const known = charts.flatMap(({ k3s }) => k3s).join(', ');
  const message = `is "${k3sVersion}"; the keys of its chart are not known here, but those of ${known}: list them in imports/traefik-chart, from the values.yaml of the chart that it bundles`;
  return { path: ['k3sVersion'], message };
}

/** Stands for any keys of a map. */
const anyKey = '*';

/** Problems of values that every known chart has: the version of k3s is not known of a manifest alone. */
export function problemsOfEveryChart(values: Json): ChartProblem[] {
  const [first, ...others] = charts.map((chart) => keyProblems(chart, values));
  const places = others.map((problems) => new Set(problems.map(({ path }) => path.join('.'))));
  return (first ?? []).filter(({ path }) => places.every((known) => known.has(path.join('.'))));
}

/**
 * Keys that the chart doesn't take. Some of them its schema refuses, so that the release fails in the cluster;
 * others it ignores silently.
 *
 * @param place where the value stands among the chart's values
 */
export function keyProblems(
  chart: TraefikChartVersion,
  value: Json,
  place: readonly string[] = [],
): ChartProblem[] {
  const path = ['values', ...place];
  const keys = lookUp(chart.keys, place)?.found;
  if (!isMap(value)) {
    // null removes what the chart sets there.
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
  if (rename !== undefined) return `${says}; there it is ${rename.found.replace('*', rename.name)}`;
  if (near !== undefined) return `${says}; did you mean "${near}"?`;
  return `${says}; imports/traefik-chart/${chart.version}.json has those that are known`;
}

/** What a table has at a path, or at the same path with any one of its names as `*`; and that name. */
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
