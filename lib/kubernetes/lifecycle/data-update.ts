import type { Json, KubernetesObject } from '../../documents/kubernetes';
import type { ObjectUpdate, RefusedChange } from './refused-change';

type Data = Readonly<Record<string, Json | undefined>>;

/** Immutable fields of a ConfigMap or Secret with `immutable: true`: its data and `immutable` itself. */
export function refusedByData({ before, after }: ObjectUpdate): RefusedChange[] {
  if (before['immutable'] !== true) return [];
  const limit = 'be unchanged, because the object has immutable: true';
  const fields = after.kind === 'Secret' ? secretFields : configFields;
  return [
    ...fields(before, after).map((path) => ({ path, limit, isHidden: true }) as const),
    ...(after['immutable'] === true ? [] : [{ path: 'immutable', limit }]),
  ];
}

function configFields(before: KubernetesObject, after: KubernetesObject): string[] {
  return ['data', 'binaryData'].filter((field) => !isSameData(dataOf(before, field), dataOf(after, field)));
}

/** The API server merges stringData into data. A key that is removed from stringData remains in data. */
function secretFields(before: KubernetesObject, after: KubernetesObject): string[] {
  const stored = { ...dataOf(before, 'data'), ...encoded(before) };
  const kept = Object.entries(stored).filter(
    ([key]) => dataOf(before, 'data')[key] === undefined || dataOf(after, 'data')[key] !== undefined,
  );
  const next = { ...Object.fromEntries(kept), ...dataOf(after, 'data'), ...encoded(after) };
  if (isSameData(stored, next)) return [];
  return after['stringData'] === undefined ? ['data'] : ['stringData'];
}

function encoded(object: KubernetesObject): Data {
  return Object.fromEntries(
    Object.entries(dataOf(object, 'stringData')).map(([key, text]) => [
      key,
      Buffer.from(String(text)).toString('base64'),
    ]),
  );
}

function dataOf(object: KubernetesObject, field: string): Data {
  return (object[field] ?? {}) as Data;
}

function isSameData(before: Data, after: Data): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].every((key) => before[key] === after[key]);
}
