import { distance } from 'fastest-levenshtein';

/**
 * The name that was meant, if no more than a third of its letters differ: it can only be a slip then. Upper and lower case don't count, and of
 * two that are equally near it is the one with the same first letter: `nmae` is `name`, not `image`.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const far = (each: string): number =>
    distance(name.toLowerCase(), each.toLowerCase()) + (each[0] === name[0] ? 0 : 0.5);
  const [near] = [...names].sort((a, b) => far(a) - far(b));
  return near !== undefined && far(near) <= Math.ceil(near.length / 3) ? near : undefined;
}

/** `; did you mean "replicas"?` at the end of a message, or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
