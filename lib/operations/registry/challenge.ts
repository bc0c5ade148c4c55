/** An authentication challenge of a server (RFC 9110, 11.6.1). */
export interface AuthenticationChallenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  /** The parameters, by name in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`^(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`);
const scheme = new RegExp(`^(${token})(?:[ \\t]+|(?=,|$))`);

/** Parses a `WWW-Authenticate` header. Commas separate challenges, and also the parameters of one challenge. */
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
