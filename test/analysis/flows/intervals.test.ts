import * as fc from 'fast-check';
import {
  covers,
  difference,
  type IntervalSet,
  intersection,
  union,
} from '../../../lib/analysis/flows/intervals';

const highest = 24;

const sets = fc
  .array(fc.tuple(fc.nat(highest - 1), fc.integer({ min: 1, max: 6 })), { maxLength: 6 })
  .map((pairs) => union(...pairs.map(([from, length]) => [{ from, to: Math.min(from + length, highest) }])));

function members(set: IntervalSet<number>): number[] {
  return Array.from({ length: highest }, (_, at) => at).filter((at) =>
    set.some(({ from, to }) => from <= at && at < to),
  );
}

/** Sorted, and nothing that could be one interval is two. */
function isTidy(set: IntervalSet<number>): boolean {
  return set.every(
    ({ from, to }, index) => from < to && (index === 0 || (set[index - 1]?.to ?? from) < from),
  );
}

test('sets of intervals are sets of numbers', () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [inA, inB] = [members(a), members(b)];
      expect(members(union(a, b))).toEqual(members([...a, ...b]));
      expect(members(intersection(a, b))).toEqual(inA.filter((at) => inB.includes(at)));
      expect(members(difference(a, b))).toEqual(inA.filter((at) => !inB.includes(at)));
      expect(covers(a, b)).toBe(inB.every((at) => inA.includes(at)));
      expect([union(a, b), intersection(a, b), difference(a, b)].every(isTidy)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('addresses are numbers of the other type', () => {
  expect(difference([{ from: 0n, to: 10n }], [{ from: 3n, to: 4n }])).toEqual([
    { from: 0n, to: 3n },
    { from: 4n, to: 10n },
  ]);
});
