import { distance } from 'fastest-levenshtein';

/**
 * The name that was meant, if one is so near that it can only be a slip. Upper and lower case don't count, and of
 * two that are equally near it is the one with the same first letter: `nmae` is `name`, not `image`.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const far = (each: string): number =>
    distance(name.toLowerCase(), each.toLowerCase()) + (each[0] === name[0] ? 0 : 0.5);
  const [near] = [...names].sort((a, b) => far(a) - far(b));
  return near !== undefined && far(near) <= Math.min(3, Math.ceil(name.length / 3)) ? near : undefined;
}
