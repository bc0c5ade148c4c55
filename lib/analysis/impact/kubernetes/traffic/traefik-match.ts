/** One matcher of a Traefik rule, such as ``!PathPrefix(`/api`)``. */
interface Matcher {
  readonly isNegated: boolean;
  readonly name: string;
  readonly values: readonly string[];
}

/** At most this many conditions are listed. */
const shownConditions = 4;

/**
 * The hosts and paths of a Traefik rule, then its other conditions: `api.example.com/v1 (if Header X-Team a)`.
 *
 * @param match such as ``Host(`api.example.com`) && PathPrefix(`/v1`) && Header(`X-Team`, `a`)``
 */
export function describeMatch(match: string): string {
  const conditions = conditionsOf(match);
  return conditions.length === 0 ? routesOf(match) : `${routesOf(match)} (if ${cut(conditions).join(', ')})`;
}

/** The differences between two rules: hosts and paths first, then the other conditions. */
export function describeMatchChange(before: string, after: string): string {
  const [old, now] = [routesOf(before), routesOf(after)];
  const routes = old === now ? [] : [`${now} instead of ${old}`];
  const [had, has] = [conditionsOf(before), conditionsOf(after)];
  const changes = [
    ...has.filter((each) => !had.includes(each)).map((each) => `+ ${each}`),
    ...had.filter((each) => !has.includes(each)).map((each) => `- ${each}`),
  ];
  const parts = [...routes, ...cut(changes)];
  return parts.length === 0 ? 'the matchers are combined in another way' : parts.join(', ');
}

/** Such as `api.example.com/v1` or `every host/v1`: each host with each path, as an Ingress lists them. */
export function routesOf(match: string): string {
  const matchers = matchersOf(match).filter(({ isNegated }) => !isNegated);
  const valuesOf = (...names: string[]) =>
    matchers.filter(({ name }) => names.includes(name.toLowerCase())).flatMap(({ values }) => values);
  const hosts = valuesOf('host', 'hostsni');
  const paths = valuesOf('path', 'pathprefix');
  const routes = (hosts.length === 0 ? ['every host'] : hosts).flatMap((host) =>
    (paths.length === 0 ? ['/'] : paths).map((path) => `${host}${path}`),
  );
  return cut(routes).join(', ');
}

/** The matchers other than host and path, in words: `Header X-Team a`, `not PathPrefix /api`. */
function conditionsOf(match: string): string[] {
  return matchersOf(match)
    .filter(({ isNegated, name }) => isNegated || !/^(host|hostsni|path|pathprefix)$/i.test(name))
    .map(({ isNegated, name, values }) => `${isNegated ? 'not ' : ''}${name} ${values.join(' ')}`);
}

function matchersOf(match: string): Matcher[] {
  const value = '`[^`]*`|"(?:[^"\\\\]|\\\\.)*"';
  const matcher = new RegExp(
    `(!?)\\s*([A-Za-z]+)\\(\\s*((?:${value})(?:\\s*,\\s*(?:${value}))*)\\s*\\)`,
    'g',
  );
  return [...match.matchAll(matcher)].map(([, not, name = '', values = '']) => ({
    isNegated: not === '!',
    name,
    values: [...values.matchAll(new RegExp(value, 'g'))].map(([quoted]) => quoted.slice(1, -1)),
  }));
}

function cut(texts: readonly string[]): string[] {
  const rest = texts.length - shownConditions;
  return rest > 0 ? [...texts.slice(0, shownConditions), `and ${rest} more`] : [...texts];
}
