import { isQuantity, nearestQuantity } from '../../lib/checks/quantity';

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
  ])('by %p is %s', (value, meant) => {
    expect(nearestQuantity(value)).toBe(meant);
  });

  test.each(['', 'lots', '1..2', '1 core', '1,5'])("by %p is anybody's guess", (value) => {
    expect(nearestQuantity(value)).toBeUndefined();
  });
});
