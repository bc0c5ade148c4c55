/**
 * The versions that have a field or a value: from `since` to `until`, both included. A missing bound means no
 * limit.
 */
export interface VersionRange {
  readonly since?: string;
  readonly until?: string;
}

/**
 * Compares versions by their numbers: `1.9` is less than `1.10`. A leading `v` and everything after `+` or
 * `-` are ignored.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  return version
    .replace(/^v|[+-].*$/g, '')
    .split('.')
    .map(Number);
}

/** Whether a version is in a range. An unknown version counts as being in every range. */
export function isInRange(version: string | undefined, { since, until }: VersionRange): boolean {
  if (version === undefined) return true;
  const isOldEnough = until === undefined || compareVersions(version, until) <= 0;
  return isOldEnough && (since === undefined || compareVersions(version, since) >= 0);
}

/**
 * Parses a name with an optional version range, as the tables write it: `workloadRef@1.35..1.35` (written by
 * `imports/version-ranges.ts`).
 */
export function parseRanged(text: string): { readonly name: string; readonly range: VersionRange } {
  const at = text.indexOf('@');
  if (at === -1) return { name: text, range: {} };
  const [since = '', until = ''] = text.slice(at + 1).split('..');
  return {
    name: text.slice(0, at),
    range: { ...(since !== '' && { since }), ...(until !== '' && { until }) },
  };
}
