import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';

/** Replaces a live value that is in no manifest. */
export const withheld = '(not shown)';

/**
 * Hides values of env, args, command and data that are in no manifest, because they may be secret. Values in manifests
 * are public.
 */
export function withPublicValues(object: KubernetesObject, stated: ReadonlySet<string>): KubernetesObject {
  const hide = (value: Json | undefined): Json | undefined =>
    typeof value === 'string' && !stated.has(value) ? withheld : value;
  const hideAll = (value: Json | undefined): Json | undefined => {
    if (Array.isArray(value)) return value.map((each: Json) => hide(each) ?? null);
    return isMap(value) ? mapValues(value, hide) : value;
  };
  const visit = (value: Json | undefined, parent: string): Json | undefined => {
    if (Array.isArray(value)) return value.map((each: Json) => visit(each, parent) ?? null);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        if (parent === 'env' && key === 'value') return [key, hide(each)];
        if (key === 'args' || key === 'command') return [key, hideAll(each)];
        if (parent === '' && ['data', 'stringData', 'binaryData'].includes(key)) return [key, hideAll(each)];
        return [key, visit(each, key)];
      }),
    );
  };
  return visit(object as unknown as Json, '') as unknown as KubernetesObject;
}

/** All strings in some manifests. */
export function statedTexts(objects: readonly KubernetesObject[]): Set<string> {
  const texts = new Set<string>();
  const visit = (value: Json | undefined): void => {
    if (typeof value === 'string') texts.add(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isMap(value)) Object.values(value).forEach(visit);
  };
  for (const object of objects) visit(object as unknown as Json);
  return texts;
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(map: JsonMap, change: (value: Json | undefined) => Json | undefined): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
