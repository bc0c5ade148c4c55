import { rangesWarnings } from '../../../lib/deployment/config/findings/ranges-age';

const ranges = { source: 'https://example.com/ips', ipv4: [], ipv6: [] };
const warned = (checked: string | null) => rangesWarnings({ ...ranges, checked }, '2026-06-20');

describe("a list of Cloudflare's ranges", () => {
  test('is fresh for a month and a few days', () => {
    expect([warned('2026-06-20'), warned('2026-05-16')]).toEqual([[], []]);
  });

  test('is old after that, and says for how long', () => {
    expect(warned('2026-05-15')).toEqual([
      expect.stringContaining(
        'was last compared with https://example.com/ips 36 days ago. If a range is missing',
      ),
    ]);
  });

  test('can not have been compared tomorrow', () => {
    expect(warned('2026-06-21')[0]).toContain('on 2026-06-21, a date in the future');
  });

  test('is unresolved, and not old, until it has been compared', () => {
    expect(warned(null)).toEqual([]);
  });
});
