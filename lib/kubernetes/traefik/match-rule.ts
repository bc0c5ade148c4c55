/** The matchers of Traefik v3, each with the minimum and maximum number of values. */
const httpMatchers: Readonly<Record<string, readonly [least: number, most: number]>> = {
  host: [1, 1],
  hostregexp: [1, 1],
  path: [1, 1],
  pathprefix: [1, 1],
  pathregexp: [1, 1],
  method: [1, 1],
  header: [2, 2],
  headerregexp: [2, 2],
  query: [1, 2],
  queryregexp: [1, 2],
  clientip: [1, 1],
};

const tcpMatchers: typeof httpMatchers = {
  hostsni: [1, 1],
  hostsniregexp: [1, 1],
  clientip: [1, 1],
  alpn: [1, 1],
};

/** The names of the matchers, as the documentation spells them. */
const names = [
  ...['Host', 'HostRegexp', 'Path', 'PathPrefix', 'PathRegexp', 'Method', 'Header', 'HeaderRegexp', 'Query'],
  ...['QueryRegexp', 'ClientIP', 'HostSNI', 'HostSNIRegexp', 'ALPN'],
];

/** A parsed match. The names of matchers are in lower case. */
export type MatchTree =
  | { readonly kind: 'matcher'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'not'; readonly of: MatchTree }
  | { readonly kind: 'all' | 'any'; readonly of: readonly MatchTree[] };

/** Parses the match of an HTTP route. Undefined if Traefik ignores the route because its match is invalid. */
export function readMatchRule(text: string): MatchTree | undefined {
  return readRule(text, 'http').tree;
}

/**
 * Checks the match of a route. Traefik ignores a route with an invalid match, and some valid matches are never true.
 *
 * @param text such as ``Host(`a.example.com`) && PathPrefix(`/api`)``
 * @returns what the match must do, as the end of a sentence that begins with "it must"; undefined if there is no
 * problem
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function matchRuleProblem(text: string, protocol: 'http' | 'tcp'): string | undefined {
  return readRule(text, protocol).problem;
}

function readRule(text: string, protocol: 'http' | 'tcp'): { tree?: MatchTree; problem?: string } {
  try {
    return { tree: new MatchRule(text, protocol === 'http' ? httpMatchers : tcpMatchers).read() };
  } catch (error) {
    if (error instanceof MatchRuleError) return { problem: error.message };
    throw error;
  }
}

class MatchRuleError extends Error {}

/** A recursive descent parser: alternatives (`||`) of conjunctions (`&&`) of matchers. */
class MatchRule {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly matchers: typeof httpMatchers,
  ) {}

  read(): MatchTree {
    const tree = this.readAlternatives();
    if (this.peek() !== '') this.fail('have && or || between two matchers');
    return tree;
  }

  private readAlternatives(): MatchTree {
    const of: MatchTree[] = [];
    do of.push(this.readConjunction());
    while (this.take('||'));
    return joined('any', of);
  }

  private readConjunction(): MatchTree {
    const of: MatchTree[] = [];
    do of.push(this.readTerm());
    while (this.take('&&'));
    return joined('all', of);
  }

  private readTerm(): MatchTree {
    if (this.take('!')) return { kind: 'not', of: this.readTerm() };
    if (!this.take('(')) return this.readMatcher();
    const tree = this.readAlternatives();
    if (!this.take(')')) this.fail('close every "("');
    return tree;
  }

  private readMatcher(): MatchTree {
    this.peek();
    const name = /^[A-Za-z]+/.exec(this.text.slice(this.position))?.[0] ?? '';
    const counts = this.matchers[name.toLowerCase()];
    if (counts === undefined) {
      const known = names.filter((each) => each.toLowerCase() in this.matchers).join(', ');
      this.fail(`begin every matcher with one of ${known}`);
    }
    this.position += name.length;
    if (!this.take('(')) this.fail(`have "(" after ${name}`);
    const values: string[] = [];
    if (!this.take(')')) {
      do values.push(this.readValue());
      while (this.take(','));
      if (!this.take(')')) this.fail(`close "${name}(" with ")"`);
    }
    this.checkValues(name, counts, values);
    return { kind: 'matcher', name: name.toLowerCase(), values };
  }

  /** Reads a Go string, which is in backticks or double quotes. */
  private readValue(): string {
    const quote = this.peek();
    if (quote === "'") this.fail('have values in backticks or double quotes, not in single quotes');
    const pattern = quote === '`' ? /^`([^`]*)`/ : /^"((?:[^"\\\n]|\\.)*)"/;
    const [whole, value] = pattern.exec(this.text.slice(this.position)) ?? [];
    if (whole === undefined || value === undefined) this.fail('have values in backticks or double quotes');
    this.position += whole.length;
    return value;
  }

  private checkValues(
    name: string,
    [least, most]: readonly [number, number],
    values: readonly string[],
  ): void {
    if (values.length > most && most === 1)
      this.fail(
        `have one value in each ${name}(…): write ${values.map((each) => `${name}(\`${each}\`)`).join(' || ')}`,
      );
    if (values.length < least || values.length > most)
      this.fail(
        `have ${least === most ? least : `${least} or ${most}`} values in ${name}(…), not ${values.length}`,
      );
    const [first = ''] = values;
    const kind = name.toLowerCase();
    const pattern = values.at(-1) ?? '';
    if (/^(path|pathprefix)$/.test(kind) && !first.startsWith('/'))
      this.fail(`have a path that begins with "/" in ${name}(…)`);
    if (/^(host|hostsni|path|pathprefix)$/.test(kind) && /\{\w+(:[^}]*)?\}/.test(first))
      this.fail(
        `have no {…} in ${name}(…), because Traefik v3 matches braces literally: use ${kind.startsWith('host') ? 'HostRegexp' : 'PathRegexp'}`,
      );
    if (kind === 'host' && first.includes('*'))
      this.fail('have no "*" in Host(…), because Host has no wildcards: use HostRegexp');
    if (kind.endsWith('regexp') && /\{[A-Za-z]\w*(:[^}]*)?\}/.test(pattern))
      this.fail(`have a Go regular expression in ${name}(…); {name:pattern} is the syntax of Traefik v2`);
    if (kind.endsWith('regexp') && !isGoPattern(pattern))
      this.fail(`have a valid Go regular expression in ${name}(…), without look-around and back references`);
  }

  private peek(): string {
    while (/\s/.test(this.text[this.position] ?? '')) this.position++;
    return this.text[this.position] ?? '';
  }

  private take(token: string): boolean {
    this.peek();
    const isThere = this.text.startsWith(token, this.position);
    if (isThere) this.position += token.length;
    return isThere;
  }

  private fail(must: string): never {
    throw new MatchRuleError(`${must} (at character ${this.position + 1})`);
  }
}

function joined(kind: 'all' | 'any', of: readonly MatchTree[]): MatchTree {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}

/**
 * Whether Go accepts a regular expression. Go's syntax is that of JavaScript without look-around and back references,
 * and with flags such as (?i).
 */
function isGoPattern(pattern: string): boolean {
  if (/\(\?(<?[=!])|\\[1-9]|\\k</.test(pattern)) return false;
  try {
    new RegExp(pattern.replaceAll(/\(\?[imsU]+(-[imsU]+)?\)/g, '').replaceAll('(?P<', '(?<'));
    return true;
  } catch {
    return false;
  }
}
