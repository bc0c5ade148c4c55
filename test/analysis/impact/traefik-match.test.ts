import {
  describeMatch,
  describeMatchChange,
} from '../../../lib/analysis/impact/kubernetes/traffic/traefik-match';

describe('a Traefik rule is described by its hosts and paths', () => {
  test.each([
    ['Host(`api.example.com`) && PathPrefix(`/v1`)', 'api.example.com/v1'],
    ['Host("api.example.com")', 'api.example.com/'],
    ['PathPrefix(`/v1`)', 'every host/v1'],
    ['(Host(`a.example.com`) || Host(`b.example.com`)) && Path(`/x`)', 'a.example.com/x, b.example.com/x'],
  ])('%s', (match, words) => {
    expect(describeMatch(match)).toBe(words);
  });

  test('its other conditions follow', () => {
    const match = 'Host(`a.example.com`) && !PathPrefix(`/api`) && Header(`X-Team`, `red`)';
    expect(describeMatch(match)).toBe('a.example.com/ (if not PathPrefix /api, Header X-Team red)');
  });

  test('a long list of conditions is cut', () => {
    const match = Array.from({ length: 7 }, (_, index) => `ClientIP(\`192.0.2.${index}\`)`).join(' || ');
    expect(describeMatch(match)).toMatch(/ClientIP 192\.0\.2\.3, and 3 more\)$/);
  });
});

describe('a change of a Traefik rule', () => {
  const rule = (host: string, ...teams: string[]) =>
    `Host(\`${host}\`) && (${teams.map((team) => `Header(\`X-Team\`, \`${team}\`)`).join(' || ')})`;

  test('names the conditions that are new and removed', () => {
    const change = describeMatchChange(
      rule('a.example.com', 'red', 'blue'),
      rule('a.example.com', 'red', 'green'),
    );
    expect(change).toBe('+ Header X-Team green, - Header X-Team blue');
  });

  test('names the hosts before and after', () => {
    const change = describeMatchChange(rule('a.example.com', 'red'), rule('b.example.com', 'red'));
    expect(change).toBe('b.example.com/ instead of a.example.com/');
  });

  test('without a new or removed matcher', () => {
    const change = describeMatchChange(
      rule('a.example.com', 'red', 'blue'),
      rule('a.example.com', 'blue', 'red'),
    );
    expect(change).toBe('the matchers are combined in another way');
  });
});
