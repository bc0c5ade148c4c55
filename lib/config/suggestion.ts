import { closest, distance } from 'fastest-levenshtein';

/**
 * `; did you mean "replicas"?`, or nothing where no candidate is near: a far-fetched suggestion sends
 * people the wrong way.
 */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return '';
  const nearest = closest(word, [...candidates]);
  const near =
    distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, Math.floor(nearest.length / 3));
  return near ? `; did you mean "${nearest}"?` : '';
}
