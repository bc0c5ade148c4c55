import * as fc from 'fast-check';
import { canonicalQuantity, isQuantity, nearestQuantity, parseQuantity } from '../../lib/kubernetes/quantity';

describe('a quantity', () => {
  test.each([
    ...['0', '1', '+1', '-1', '1.', '.5', '0.5', '1e3', '1E3', '1e-3', '12E+2', '007'],
    ...['1n', '1u', '100m', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '64Mi', '1.5Gi', '2Ti', '1Pi', '1Ei'],
    ...[1, 0.5, 536870912],
  ])('%p parses', (value) => {
    expect(isQuantity(value)).toBe(true);
  });

  test.each([
    ...['', ' 1', '1 ', 'x', 'Mi', '.', '-', '--1', '1..2', '1.2.3', '1,5', '1_000', '1 000', '0x10'],
    ...['1K', '1ki', '1mi', '1MB', '1EiB', '1e', '1e1.5', '1Mi2', '.inf', 'NaN'],
    ...[true, null, ['1Gi'], { value: '1Gi' }],
  ])('%p does not', (value) => {
    expect(isQuantity(value)).toBe(false);
  });
});

describe('the quantity that was meant', () => {
  test.each([
    ['512MB', '512M'],
    ['512mi', '512Mi'],
    ['512MiB', '512Mi'],
    ['1K', '1k'],
    ['1.5gb', '1.5G'],
    [' 512 Mi', '512Mi'],
    ['100B', '100'],
    ['100 m', '100m'],
    ['100 M', '100M'],
    ['512mb', '512M'],
    ['20 u', '20u'],
    ['5N', '5n'],
    ['1 mi', '1Mi'],
  ])('by %p is %s', (value, meant) => {
    expect(nearestQuantity(value)).toBe(meant);
  });

  test.each(['', 'lots', '1..2', '1 core', '1,5'])("by %p is anybody's guess", (value) => {
    expect(nearestQuantity(value)).toBeUndefined();
  });
});

describe('a quantity as the API server stores it', () => {
  test.each([
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['.1', '100m'],
    ['1.', '1'],
    ['+2', '2'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['512Mi', '512Mi'],
    ['1000M', '1G'],
    ['1000', '1k'],
    ['0m', '0'],
    ['0.0001m', '100n'],
    ['1e3', '1k'],
    ['1E3', '1k'],
    ['15e-1', '1500m'],
    ['1.5e9', '1500M'],
    ['0e5', '0'],
  ])('of %s is %s', (written, stored) => {
    expect(canonicalQuantity(written)).toBe(stored);
  });

  test.each(['1e-12', '1e99', '512MB', '', '-1', '0.1n'])('of %j is left as it is', (text) => {
    expect(canonicalQuantity(text)).toBe(text);
  });

  const quantity = fc
    .tuple(fc.nat(1_000_000), fc.nat(999), fc.constantFrom('m', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
    .map(([whole, fraction, suffix]) => `${whole}.${fraction}${suffix}`);

  test('is the same amount', () => {
    fc.assert(
      fc.property(quantity, (text) => {
        const [before, after] = [parseQuantity(text) ?? 0, parseQuantity(canonicalQuantity(text)) ?? 0];
        expect(after).toBeCloseTo(before, 0);
        expect(Math.abs(after - before)).toBeLessThanOrEqual(before * 1e-9);
      }),
    );
  });

  test('stays as it is from then on', () => {
    fc.assert(
      fc.property(quantity, (text) => {
        const once = canonicalQuantity(text);
        expect(canonicalQuantity(once)).toBe(once);
      }),
    );
  });
});
