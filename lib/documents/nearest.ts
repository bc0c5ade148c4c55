import { distance } from 'fastest-levenshtein';

/**
 * The name with the fewest different letters, if at most a third of the letters differ. Case is ignored. Between
 * equally near names, the one with the same first letter wins: `nmae` is `name`, not `image`.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const far = (each: string): number =>
    distance(name.toLowerCase(), each.toLowerCase()) + (each[0] === name[0] ? 0 : 0.5);
  const [near] = [...names].sort((a, b) => far(a) - far(b));
  return near !== undefined && far(near) <= Math.ceil(near.length / 3) ? near : undefined;
}

/** `; did you mean "replicas"?` for the end of a message. Empty if no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
