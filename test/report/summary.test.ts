import { remarksBlock } from '../../lib/report/summary';

const remarks = new Map([
  ['3-api.k8s.yaml', ['First this.', '  $ like that']],
  ['3-web.k8s.yaml', []],
  ['prometheus/shop.rules.yaml', ['Then that.']],
]);

describe('what must be known before an apply', () => {
  test('is one block for each file', () => {
    expect(remarksBlock([...remarks.keys()], remarks)).toBe('\nFirst this.\n  $ like that\n\nThen that.\n');
  });

  test('is not said of files that stay as they are', () => {
    expect(remarksBlock(['3-web.k8s.yaml'], remarks)).toBe('');
  });
});
