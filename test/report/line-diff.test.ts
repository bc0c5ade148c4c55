import { unifiedDiff } from '../../lib/report/operations/line-diff';

const lines = (text: string) => unifiedDiff(...(text.split('|') as [string, string]));

describe('a difference of lines', () => {
  test('is empty for equal texts', () => expect(lines('a\nb\n|a\nb\n')).toEqual([]));

  test('has two unchanged lines around a change', () =>
    expect(lines('1\n2\n3\n4\n5\n6\n7\n|1\n2\n3\nx\n5\n6\n7\n')).toEqual([
      ...['@@ -2 +2 @@', ' 2', ' 3', '-4', '+x', ' 5', ' 6'],
    ]));

  test('has a head for each group of changes', () =>
    expect(
      lines('a\n1\n2\n3\n4\n5\n6\nb\n|x\n1\n2\n3\n4\n5\n6\ny\n').filter((line) => line.startsWith('@@')),
    ).toEqual(['@@ -1 +1 @@', '@@ -6 +6 @@']));

  test('of a new file has every line', () => expect(lines('|a\nb\n')).toEqual(['@@ -1 +1 @@', '+a', '+b']));
});
