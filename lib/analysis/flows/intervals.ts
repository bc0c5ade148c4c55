/** The numbers from `from` to `to`, without `to`. */
export interface Interval<T> {
  readonly from: T;
  readonly to: T;
}

/**
 * A set of numbers: sorted intervals with gaps between them. Sets of addresses and ports are compared exactly,
 * without a list of all numbers.
 */
export type IntervalSet<T> = readonly Interval<T>[];

type Ordered = number | bigint;

/** The union of sets. The intervals may overlap and may be unsorted. */
export function union<T extends Ordered>(...sets: readonly IntervalSet<T>[]): IntervalSet<T> {
  const sorted = sets.flat().sort((a, b) => (a.from < b.from ? -1 : 1));
  const merged: { from: T; to: T }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || from > last.to) merged.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return merged;
}

export function intersection<T extends Ordered>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  if (a === b) return a;
  const common: Interval<T>[] = [];
  for (let i = 0, j = 0; ; ) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) return common;
    const from = left.from > right.from ? left.from : right.from;
    const to = left.to < right.to ? left.to : right.to;
    if (from < to) common.push({ from, to });
    if (left.to < right.to) i += 1;
    else j += 1;
  }
}

/** The numbers in the first set but not in the second. */
export function difference<T extends Ordered>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  if (a === b) return [];
  const left: Interval<T>[] = [];
  let next = 0;
  for (const { from, to } of a) {
    let start = from;
    for (;;) {
      const hole = b[next];
      if (hole === undefined || hole.from >= to) break;
      if (hole.from > start) left.push({ from: start, to: hole.from });
      if (hole.to > start) start = hole.to;
      if (hole.to > to) break;
      next += 1;
    }
    if (start < to) left.push({ from: start, to });
  }
  return left;
}

/** Whether the second set is a subset of the first. */
export function covers<T extends Ordered>(a: IntervalSet<T>, b: IntervalSet<T>): boolean {
  return difference(b, a).length === 0;
}
