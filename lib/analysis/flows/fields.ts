import type { Json, JsonMap } from '../../documents/kubernetes';

/** A manifest that the API server refuses. The message has the object, the path and the value. */
export class InvalidManifest extends Error {}

/**
 * Reads a map. An absent or null map is empty, as for the API server.
 *
 * @throws naming the path, if the value is not a map: the analysis must not rely on a policy that it misreads
 */
export function fieldsOf(json: Json | undefined, place: string): JsonMap {
  if (json === undefined || json === null) return {};
  if (typeof json !== 'object' || isList(json))
    throw new InvalidManifest(`${place} is ${JSON.stringify(json)}, not an object`);
  return json;
}

/** @throws naming the path, if the value is not a list; an absent list is empty */
export function itemsOf(json: Json | undefined, place: string): readonly Json[] {
  if (json === undefined || json === null) return [];
  if (!isList(json)) throw new InvalidManifest(`${place} is ${JSON.stringify(json)}, not a list`);
  return json;
}

/** @throws naming the path, if the value is not a string */
export function requireString(json: Json | undefined, place: string): string {
  if (typeof json !== 'string')
    throw new InvalidManifest(`${place} is ${JSON.stringify(json) ?? 'missing'}, not a string`);
  return json;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
