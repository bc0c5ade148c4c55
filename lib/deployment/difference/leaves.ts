import { isUnresolved } from '../config/schema/unresolved';

/** All values in a part of the configuration, by path. A list of scalars is one value. */
export function leavesOf(value: unknown, path = ''): [path: string, text: string][] {
  if (isUnresolved(value)) return [[path, 'unresolved']];
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return [[path, `[${value.map(String).join(', ')}]`]];
    return value.flatMap((each, index) => leavesOf(each, `${path}[${index}]`));
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) =>
      leavesOf(each, path === '' ? key : `${path}.${key}`),
    );
  return value === undefined ? [] : [[path, String(value)]];
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
