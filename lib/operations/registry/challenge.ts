/** One way of authentication that a server offers (RFC 9110, 11.6.1). */
export interface AuthenticationChallenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  /** By name in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`^(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`);
const scheme = new RegExp(`^(${token})(?:[ \\t]+|(?=,|$))`);

/** The challenges of a `WWW-Authenticate` header. Several headers arrive as one, with commas between, as between parameters. */
export function parseChallenges(header: string): AuthenticationChallenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let rest = header.trim();
  while (rest !== '') {
    const found = parameter.exec(rest);
    const current = challenges.at(-1);
    if (found !== null && current !== undefined) {
      const [, name = '', quoted, plain = ''] = found;
      current.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain;
      rest = rest.slice(found[0].length);
    } else {
      const next = scheme.exec(rest);
      if (next === null) return challenges;
      challenges.push({ scheme: (next[1] ?? '').toLowerCase(), parameters: {} });
      rest = rest.slice(next[0].length);
    }
    rest = rest.replace(/^[\s,]+/, '');
  }
  return challenges;
}
