import { readWebRequest, type WebRequestOptions } from '../../../lib/documents/web-request';
import { evaluate } from '../../../lib/terraform/cloudflare/evaluate';
import { readExpression } from '../../../lib/terraform/cloudflare/expression';

function truth(
  expression: string,
  url = 'https://app.example.com/a/b.php?q=1',
  options: WebRequestOptions = {},
) {
  const tree = readExpression(expression);
  const request = readWebRequest(url, options);
  if (tree === undefined) return 'unreadable';
  return request && evaluate(tree, request);
}

describe("an expression of Cloudflare's Rules language", () => {
  test.each([
    ['http.host eq "app.example.com"', true],
    ['http.host == "other.example.com"', false],
    ['http.host in {"www.example.com" "app.example.com"}', true],
    ['not http.host in {"app.example.com"}', false],
    ['http.request.uri.path contains "/b"', true],
    ['starts_with(http.request.uri.path, "/a/")', true],
    ['ends_with(http.request.uri.path, ".php")', true],
    ['http.request.uri.path.extension eq "php"', true],
    ['lower(http.host) eq "app.example.com"', true],
    ['http.request.uri.query eq "q=1"', true],
    ['http.request.uri eq "/a/b.php?q=1"', true],
    ['http.request.full_uri wildcard "https://*.EXAMPLE.com/*"', true],
    ['http.request.full_uri strict wildcard "https://*.EXAMPLE.com/*"', false],
    ['http.request.uri.path matches "^/a/[a-z]+"', true],
    ['http.request.uri.path ~ r#"\\.php$"#', true],
    ['http.request.method ne "GET"', false],
    ['ssl', true],
    ['not ssl', false],
    ['len(http.request.uri.path) gt 100', false],
    ['true', true],
  ])('%s', (expression, expected) => {
    expect(truth(expression)).toBe(expected);
  });

  test('reads not before and, and and before or', () => {
    expect(truth('true or false and false')).toBe(true);
    expect(truth('(true or false) and false')).toBe(false);
    expect(truth('not false and true xor true')).toBe(false);
  });

  test.each([
    'ip.src.country eq "DE"',
    'cf.bot_management.score lt 30',
    'http.request.headers["x-team"][0] eq "a"',
    'ip.src in $office',
    'any(http.request.cookies["a"][*] eq "b")',
  ])('does not know %s', (expression) => {
    expect([undefined, 'unreadable']).toContain(truth(expression));
  });

  test('is decided without what it does not know, if that does not matter', () => {
    expect(truth('http.host eq "app.example.com" or ip.src.country eq "DE"')).toBe(true);
    expect(truth('http.host eq "www.example.com" and ip.src.country eq "DE"')).toBe(false);
  });

  test('names no visitor whose address is not stated', () => {
    expect(truth('ip.src in {192.0.2.0/24 198.51.100.7}')).toBe(false);
    expect(truth('ip.src in {0.0.0.0/0}')).toBe(true);
  });

  test('names a visitor by the address', () => {
    const at = (expression: string) => truth(expression, undefined, { client: '192.0.2.9' });
    expect([at('ip.src in {192.0.2.0/24}'), at('ip.src eq 192.0.2.8'), at('ip.src ne 192.0.2.8')]).toEqual([
      ...[true, false, true],
    ]);
  });

  test.each(['http.host eq', 'http.host eq "a" "b"', '(ssl', 'path in {${var.paths}}', 'http.host ? "a"'])(
    'is not read: %s',
    (expression) => {
      expect(truth(expression)).toBe('unreadable');
    },
  );
});
