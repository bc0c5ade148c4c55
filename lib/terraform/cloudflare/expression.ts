/** A value of Cloudflare's Rules language. */
export type RuleValue =
  | { readonly kind: 'field'; readonly name: string; readonly key: string | undefined }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly RuleValue[] }
  | { readonly kind: 'text' | 'word'; readonly value: string }
  | { readonly kind: 'list'; readonly values: readonly string[] };

/** A parsed expression of the Rules language. */
export type RuleTree =
  | { readonly kind: 'not'; readonly of: RuleTree }
  | { readonly kind: 'all' | 'any' | 'one'; readonly of: readonly RuleTree[] }
  | { readonly kind: 'value'; readonly value: RuleValue }
  | {
      readonly kind: 'comparison';
      readonly left: RuleValue;
      readonly operator: string;
      readonly right: RuleValue;
    };

/** Operators by all of their spellings, as a word and as a sign. */
const operators: Readonly<Record<string, string>> = {
  ...{ eq: 'eq', '==': 'eq', ne: 'ne', '!=': 'ne', lt: 'lt', '<': 'lt', le: 'le', '<=': 'le' },
  ...{ gt: 'gt', '>': 'gt', ge: 'ge', '>=': 'ge', contains: 'contains', matches: 'matches', '~': 'matches' },
  ...{ in: 'in', wildcard: 'wildcard', 'strict wildcard': 'strict wildcard' },
};

const token = /\s*("(?:[^"\\]|\\.)*"|r#*"[\s\S]*?"#*|&&|\|\||\^\^|==|!=|<=|>=|[<>~!(){},[\]]|[$\w.:/*-]+)/y;

/**
 * Parses an expression. Undefined if the expression is invalid, or contains a Terraform expression (`${…}`).
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/
 */
export function readExpression(text: string): RuleTree | undefined {
  if (text.includes('${')) return undefined;
  try {
    return new Reader(tokensOf(text)).read();
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

class ExpressionError extends Error {}

function tokensOf(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    found.push(match[1] ?? '');
    end = token.lastIndex;
  }
  if (text.slice(end).trim() !== '') throw new ExpressionError();
  return found;
}

/** A recursive descent parser. `not` has the highest precedence, then `and`, `xor` and `or`. */
class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  read(): RuleTree {
    const tree = this.readAny();
    if (this.position < this.tokens.length) throw new ExpressionError();
    return tree;
  }

  private readAny(): RuleTree {
    return this.joined('any', ['or', '||'], () => this.readOne());
  }

  private readOne(): RuleTree {
    return this.joined('one', ['xor', '^^'], () => this.readAll());
  }

  private readAll(): RuleTree {
    return this.joined('all', ['and', '&&'], () => this.readNot());
  }

  private joined(kind: 'all' | 'any' | 'one', words: readonly string[], read: () => RuleTree): RuleTree {
    const of = [read()];
    while (words.includes(this.peek())) {
      this.position += 1;
      of.push(read());
    }
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind, of };
  }

  private readNot(): RuleTree {
    if (this.take('not') || this.take('!')) return { kind: 'not', of: this.readNot() };
    if (!this.take('(')) return this.readComparison();
    const tree = this.readAny();
    this.expect(')');
    return tree;
  }

  private readComparison(): RuleTree {
    const left = this.readValue();
    const words = this.take('strict') ? `strict ${this.peek()}` : this.peek();
    const operator = operators[words];
    if (operator === undefined) return { kind: 'value', value: left };
    this.position += 1;
    return { kind: 'comparison', left, operator, right: this.readValue() };
  }

  private readValue(): RuleValue {
    const word = this.next();
    if (word === '{') return { kind: 'list', values: this.readUntil('}') };
    const text = unquoted(word);
    if (text !== undefined) return { kind: 'text', value: text };
    if (!/^[$\w]/.test(word)) throw new ExpressionError();
    if (this.take('(')) return { kind: 'call', name: word, values: this.readArguments() };
    if (!/^[a-z]\w*(\.\w+)+$/.test(word) && word !== 'ssl') return { kind: 'word', value: word };
    const key = this.take('[') ? this.readUntil(']') : [];
    return { kind: 'field', name: word, key: key[0] };
  }

  private readArguments(): RuleValue[] {
    const values: RuleValue[] = [];
    if (this.take(')')) return values;
    do values.push(this.readValue());
    while (this.take(','));
    this.expect(')');
    return values;
  }

  private readUntil(end: string): string[] {
    const values: string[] = [];
    while (!this.take(end)) {
      const word = this.next();
      values.push(unquoted(word) ?? word);
    }
    return values;
  }

  private peek(): string {
    return this.tokens[this.position] ?? '';
  }

  private next(): string {
    const word = this.tokens[this.position];
    if (word === undefined) throw new ExpressionError();
    this.position += 1;
    return word;
  }

  private take(word: string): boolean {
    const isThere = this.peek() === word;
    if (isThere) this.position += 1;
    return isThere;
  }

  private expect(word: string): void {
    if (!this.take(word)) throw new ExpressionError();
  }
}

function unquoted(word: string): string | undefined {
  const raw = /^r(#*)"([\s\S]*)"\1$/.exec(word)?.[2];
  if (raw !== undefined) return raw;
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : undefined;
}
