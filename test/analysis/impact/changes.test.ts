import { changes, describeValues } from '../../../lib/analysis/impact/changes';

describe('the changes between two values', () => {
  test('are the smallest values that differ', () => {
    expect(changes({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } })).toEqual([
      { path: 'a.c', before: 2, after: 3 },
    ]);
  });

  test('are none for another order of keys', () => {
    expect(changes({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  });

  test('name an item of a list by its name', () => {
    const [before, after] = [
      {
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 'y' },
        ],
      },
      {
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 'z' },
        ],
      },
    ];
    expect(changes(before, after)).toEqual([{ path: 'env[B].value', before: 'y', after: 'z' }]);
  });

  test('see that items with names stand in another order', () => {
    const [before, after] = [
      [{ name: 'A' }, { name: 'B' }],
      [{ name: 'B' }, { name: 'A' }],
    ];
    expect(changes(before, after, 'env')).toEqual([{ path: 'env', before: ['A', 'B'], after: ['B', 'A'] }]);
  });

  test('quote a key that is no word', () => {
    expect(changes({ labels: {} }, { labels: { 'shop/tier': 'a' } })).toEqual([
      { path: 'labels["shop/tier"]', before: undefined, after: 'a' },
    ]);
  });

  test('are none for the same quantity in other words', () => {
    const at = (cpu: string) => ({ resources: { limits: { cpu } } });
    expect(changes(at('1000m'), at('1'))).toEqual([]);
  });

  test('are one for text that only looks like a quantity', () => {
    expect(changes({ args: { cpu: '1000m' } }, { args: { cpu: '1' } })).toHaveLength(1);
  });

  test.each([
    [1, 2, '1 -> 2'],
    [undefined, 'x', 'is added: x'],
    ['x', undefined, 'is removed (it was x)'],
    [['a', 'b'], ['b', 'c'], '+ "c", - "a"'],
    [['a', 'b'], ['b', 'a'], 'are reordered'],
  ])('of %j to %j are told as %j', (before, after, told) => {
    expect(describeValues(before, after)).toBe(told);
  });
});
