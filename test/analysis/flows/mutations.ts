import { prove } from '../../../lib/analysis/flows/proof/prove';
import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Flow } from '../../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { topology } from './documents';
import { declared, policies, workloads } from './production';

/** What the proof has against changed policies, or other flows, of production. */
export function differences(
  changed: readonly KubernetesObject[],
  flows: readonly Flow[] = declared,
): string[] {
  return prove(analyse([...workloads, ...changed], topology), flows).map(({ message }) => message);
}

export type Path = readonly (string | number)[];

/** Each place of a value, with the value there. */
function places(value: Json | undefined, path: Path = []): [Path, Json][] {
  if (value === undefined) return [];
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const keys = entries.map(([key]) => (Array.isArray(value) ? Number(key) : key));
  return [[path, value], ...entries.flatMap(([, each], index) => places(each, [...path, keys[index] ?? '']))];
}

/** The value with another one at a place, or with none there. */
function replaced(value: Json | undefined, [key, ...rest]: Path, by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (Array.isArray(value)) {
    const index = Number(key);
    const changed = rest.length === 0 && by === undefined ? [] : [replaced(value[index], rest, by)];
    return [...value.slice(0, index), ...changed, ...value.slice(index + 1)];
  }
  const fields = value as { [key: string]: Json };
  if (rest.length > 0 || by !== undefined) return { ...fields, [key]: replaced(fields[key], rest, by) };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

type Change = [string, readonly KubernetesObject[]];

/** Production's policies after one change of one of them, for each that is given. */
export function changes(of: (path: Path, value: Json) => (Json | undefined)[]): Change[] {
  return policies.flatMap((policy) =>
    places(policy['spec']).flatMap(([path, value]) =>
      of(path, value).map((by): Change => {
        const spec = replaced(policy['spec'], path, by);
        const others = policies.map((each) => (each === policy ? { ...policy, spec } : each));
        const what = by === undefined ? 'gone' : JSON.stringify(by);
        return [`${policy.metadata.name}: ${path.join('.')} is ${what}`, others];
      }),
    ),
  );
}
