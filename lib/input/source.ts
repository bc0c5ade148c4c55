import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { ConfigError, type Place, type Problem } from './problem';
import { type FileRole, readText } from './text';
import { aliasTargets, walk } from './yaml-nodes';

/** The path of a value in a document: keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** `workloads.api.env.PORT`, `nodes[2].labels["honeydue/redis"]`: a path as text. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/**
 * The limit for the values that an alias expands to. No real configuration reaches it; an alias bomb does.
 */
const maximumUnfolded = 10_000;

interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** The node of each alias. */
  readonly targets: ReadonlyMap<Alias, Node | undefined>;
  /** Set at the first use. */
  data?: unknown;
}

/** Plain data, and the place of each of its values. */
export interface LocatedData {
  data(): unknown;
  /** Where the value at a path is; where there is none, its nearest parent. */
  placeOf(path: Path): Place;
  /** Where the key itself is. */
  placeOfKey(path: Path): Place;
  /** Frees the parsed document. Places can still be asked for. */
  release(): void;
}

/** A parsed YAML file with the place of each value. */
export class YamlSource implements LocatedData {
  /** The name in messages: as the user typed it, or relative to the current directory. */
  readonly file: string;
  private readonly text: string;
  private readonly role: FileRole;
  private parsed: Parsed | undefined;

  private constructor(file: string, text: string, role: FileRole) {
    this.file = file;
    this.text = text;
    this.role = role;
  }

  /**
   * Reads a file as YAML 1.2.
   *
   * @throws ConfigError with every syntax error: an unreadable file or one that isn't UTF-8, invalid YAML,
   * duplicate keys, unknown tags, aliases without an anchor or with too many values, control characters.
   */
  static read(path: string, file: string, role: FileRole): YamlSource {
    return YamlSource.of(readText(path, file, role), file, role);
  }

  /** The same for the text of a file. */
  static of(text: string, file: string, role: FileRole): YamlSource {
    const source = new YamlSource(file, text, role);
    const problems = source.syntaxProblems();
    if (problems.length > 0) throw new ConfigError(problems);
    return source;
  }

  /** The plain data, the same at each call. Aliases are expanded. */
  data(): unknown {
    const parsed = this.parse();
    parsed.data ??= parsed.document.toJS({ maxAliasCount: -1 });
    return parsed.data;
  }

  /**
   * Releases the parsed document, which takes the most memory. A later request for a place parses the text
   * again; that happens only for an error.
   */
  release(): void {
    this.parsed = undefined;
  }

  /** The place of the value at a path, or of its nearest existing parent. */
  placeOf(path: Path): Place {
    let node: unknown = this.document.contents;
    let found = node;
    for (const step of path) {
      node = this.child(node, step);
      if (node === undefined) break;
      found = node;
    }
    return this.place(isNode(found) ? found : undefined);
  }

  /** The place of the key itself, for an unknown or misspelt key. */
  placeOfKey(path: Path): Place {
    const parent = this.follow(path.slice(0, -1));
    const last = String(path.at(-1));
    const pair = isMap(parent) ? parent.items.find((item) => keyText(item.key) === last) : undefined;
    return isNode(pair?.key) ? this.place(pair.key) : this.placeOf(path);
  }

  /** Whether a key has no value at all, not even a `null` that is written out. */
  isEmpty(path: Path): boolean {
    const node = this.follow(path);
    return !isScalar(node) || (node.value === null && !node.source);
  }

  private get document(): Document.Parsed {
    return this.parse().document;
  }

  private parse(): Parsed {
    if (this.parsed === undefined) {
      const lines = new LineCounter();
      const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false };
      const document = parseDocument(this.text, options);
      this.parsed = { document, lines, targets: aliasTargets(document) };
    }
    return this.parsed;
  }

  private follow(path: Path): unknown {
    return path.reduce<unknown>((node, step) => this.child(node, step), this.document.contents);
  }

  private child(parent: unknown, step: string | number): unknown {
    const node = isAlias(parent) ? this.parse().targets.get(parent) : parent;
    if (!isCollection(node)) return undefined;
    if (!isMap(node)) return node.items[Number(step)];
    return node.items.find((item) => keyText(item.key) === String(step))?.value ?? undefined;
  }

  private place(node: Node | undefined): Place {
    return this.at(node?.range?.[0] ?? 0);
  }

  private at(offset: number): Place {
    const { line, col } = this.parse().lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  private syntaxProblems(): Problem[] {
    // For the parser an unknown tag is a warning; here it is an error, because it could change a value.
    const faults = [...this.document.errors, ...this.document.warnings];
    // Only the first structural error: those after it are misleading.
    const structural = faults.find(({ code }) => !(code in explanations));
    // Where the parser ran out of stack, its other errors are about its own failure.
    const isExhausted = structural?.code === 'RESOURCE_EXHAUSTION';
    const reported = faults.filter(
      (fault) => fault === structural || (!isExhausted && fault.code in explanations),
    );
    if (reported.length > 0) {
      return reported.map(({ pos, code, message }) => ({
        place: this.at(pos[0]),
        path: '',
        message: explanations[code]?.(message) ?? structuralFault(code, message),
      }));
    }
    if (this.document.contents === null) {
      return [{ place: this.at(0), path: '', message: `is empty; it must ${this.role.purpose}` }];
    }
    return this.contentProblems();
  }

  private contentProblems(): Problem[] {
    const problems: Problem[] = [];
    const report = (node: Node | undefined, message: string) =>
      problems.push({ place: this.place(node), path: '', message });
    const weights = new Map<unknown, number>();
    let bomb = false;
    walk(this.document.contents, (node) => {
      if (isAlias(node)) {
        const fault = this.aliasFault(node, weights);
        // An alias bomb consists of many such aliases: the first is enough.
        if (fault !== undefined && !(bomb && fault.bomb)) report(node, fault.message);
        bomb ||= fault?.bomb ?? false;
      } else if (isMap(node)) {
        // Not by the parser, whose check is quadratic.
        const seen = new Set<string>();
        for (const { key } of node.items) {
          const text = keyText(key);
          if (text === undefined || !isNode(key)) continue;
          if (seen.has(text)) report(key, 'this key is here twice; keep one of them');
          seen.add(text);
        }
      } else if (isPair(node)) {
        const key = isNode(node.key) ? node.key : undefined;
        if (key !== undefined && !isScalar(key)) report(key, 'a key must be plain text, not a list or a map');
        const name = keyText(node.key) ?? '';
        if (name === '<<')
          report(key, '"<<" merges maps in YAML 1.1 alone; write out the keys that are meant');
        // Every JavaScript object inherits these names, so a lookup would find them where no value is stated.
        if (name in Object.prototype) report(key, `"${name}" can't be a key; choose another name`);
      } else if (isScalar(node)) {
        if (typeof node.value === 'number') {
          const message = numberFault(node.value, node.source ?? '');
          if (message !== undefined) report(node, message);
        }
        const fault = typeof node.value === 'string' ? controlCharacter(node.value) : undefined;
        if (fault !== undefined) {
          report(node, `contains the control character ${fault}, which parsers read differently; remove it`);
        }
      }
    });
    return problems;
  }

  private aliasFault(
    alias: Alias,
    weights: Map<unknown, number>,
  ): { message: string; bomb: boolean } | undefined {
    if (this.parse().targets.get(alias) === undefined) {
      return { message: `*${alias.source} has no anchor &${alias.source} before it`, bomb: false };
    }
    const weight = this.weigh(alias, weights);
    if (weight <= maximumUnfolded) return undefined;
    const size = Number.isFinite(weight) ? `${weight} values` : 'itself without end';
    return { message: `*${alias.source} expands to ${size}; write out the values`, bomb: true };
  }

  /** The number of values that a node expands to, with all aliases. */
  private weigh(node: unknown, weights: Map<unknown, number>): number {
    const known = weights.get(node);
    if (known !== undefined) return known;
    weights.set(node, Number.POSITIVE_INFINITY); // An alias inside its own anchor is infinite.
    let weight = 1;
    if (isAlias(node)) weight = this.weigh(this.parse().targets.get(node), weights);
    else if (isPair(node)) weight = this.weigh(node.key, weights) + this.weigh(node.value, weights);
    else if (isCollection(node)) for (const item of node.items) weight += this.weigh(item, weights);
    weights.set(node, weight);
    return weight;
  }
}

function keyText(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** A number whose text is not its usual form: parsers disagree on it, or it was meant as text. */
function numberFault(value: number, text: string): string | undefined {
  if (text === String(value)) return undefined;
  const other = /^[-+]?0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : value;
  const octal = other === value ? '' : ` by YAML 1.2 and as ${other} by YAML 1.1`;
  return `is ${text}, which is read as the number ${value}${octal}; write "${text}", with quotes, for text, or ${value} for the number`;
}

function controlCharacter(text: string): string | undefined {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const control = (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code <= 0x9f);
    if (control || code === 0x2028 || code === 0x2029 || code === 0xfeff) {
      return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    }
  }
  return undefined;
}

/** For endless brackets the parser's message describes its own failure, at a different place each time. */
function structuralFault(code: string, message: string): string {
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply to be read; remove some of the brackets';
  return `is not YAML: ${message}`;
}

/** Errors after which the rest of the file can still be parsed, in plain words. */
const explanations: Readonly<Record<string, (message: string) => string>> = {
  TAG_RESOLVE_FAILED: (message) => `${message.toLowerCase()}; write the value without a tag`,
  MULTIPLE_DOCS: () => 'a second document begins here (---); keep one',
};
