import { distance } from 'fastest-levenshtein';

/**
 * The name that is most similar to a misspelt name. Undefined if more than a third of the letters differ. Case is
 * ignored. If several names are equally similar, one with the same first letter is preferred: `name` for `nmae`, not
 * `image`.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const far = (each: string): number =>
    distance(name.toLowerCase(), each.toLowerCase()) + (each[0] === name[0] ? 0 : 0.5);
  const [near] = [...names].sort((a, b) => far(a) - far(b));
  return near !== undefined && far(near) <= Math.ceil(near.length / 3) ? near : undefined;
}

/** The end of a message that suggests a name: `; did you mean "replicas"?` Empty if no name is similar. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
