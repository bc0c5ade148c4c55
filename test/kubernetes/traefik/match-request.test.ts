import { readWebRequest } from '../../../lib/documents/web-request';
import { matchesRequest } from '../../../lib/kubernetes/traefik/match-request';
import { readMatchRule } from '../../../lib/kubernetes/traefik/match-rule';

function truth(match: string, options: { client?: string; proxies?: readonly string[] } = {}) {
  const tree = readMatchRule(match);
  const request = readWebRequest('https://app.example.com/api/tasks?page=2', { client: options.client });
  if (tree === undefined || request === undefined) return 'unreadable';
  return matchesRequest(tree, { request, proxies: options.proxies });
}

describe('a match of Traefik', () => {
  test.each([
    ['Host(`app.example.com`)', true],
    ['Host(`APP.example.com`)', true],
    ['Host(`example.com`)', false],
    ['HostRegexp(`^.+\\.example\\.com$`)', true],
    ['PathPrefix(`/api`)', true],
    ['Path(`/api`)', false],
    ['PathRegexp(`tasks$`)', true],
    ['Method(`POST`)', false],
    ['Query(`page`, `2`)', true],
    ['Query(`sort`)', false],
    ['Header(`X-Team`, `a`)', false],
    ['!PathPrefix(`/api`)', false],
    ['Host(`a.example.com`) || Host(`app.example.com`) && !Path(`/`)', true],
    ['(Host(`a.example.com`) || Host(`app.example.com`)) && Path(`/`)', false],
  ])('%s', (match, expected) => {
    expect(truth(match)).toBe(expected);
  });

  test('does not know the value of a header that every client sends', () => {
    expect(truth('HeaderRegexp(`User-Agent`, `curl`)')).toBeUndefined();
  });

  test('knows the visitor by the header of the proxy', () => {
    const match = 'Header(`Cf-Connecting-Ip`, `192.0.2.9`)';
    const proxies = ['198.51.100.0/24'];
    expect(truth(match, { client: '192.0.2.9', proxies })).toBe(true);
    expect(truth(match, { proxies })).toBe(false);
    expect(truth(match, { client: '192.0.2.9' })).toBe(false);
  });

  test('sees the proxy as the client', () => {
    const proxies = ['198.51.100.0/25', '203.0.113.0/24'];
    expect(truth('ClientIP(`192.0.2.9`)', { client: '192.0.2.9', proxies })).toBe(false);
    expect(truth('ClientIP(`198.51.100.0/24`)', { proxies })).toBeUndefined();
    expect(truth('ClientIP(`198.51.100.0/24`)', { proxies: ['198.51.100.0/25'] })).toBe(true);
    expect(truth('ClientIP(`192.0.2.0/24`)', { client: '192.0.2.9' })).toBe(true);
  });
});
