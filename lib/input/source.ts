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

/** A path as a string: `workloads.api.env.PORT`, `nodes[2].labels["honeydue/redis"]` */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** The maximum number of values to which an alias may expand. Only an alias bomb exceeds the maximum. */
const maximumUnfolded = 10_000;

interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** The node to which each alias refers. */
  readonly targets: ReadonlyMap<Alias, Node | undefined>;
  /** The plain data, computed at the first use. */
  data?: unknown;
}

/** Plain data of a file, and where each of its values is written. */
export interface LocatedData {
  data(): unknown;
  /** Where the value at a path is written. If the value does not exist, its nearest existing parent. */
  placeOf(path: Path): Place;
  /** Where the key at a path is written. */
  placeOfKey(path: Path): Place;
  /** Releases the memory of the parsed document. Positions can still be queried afterwards. */
  release(): void;
}

/** A parsed YAML file that knows where each of its values is written. */
export class YamlSource implements LocatedData {
  /** The file name in messages: as the user typed it, or relative to the current directory. */
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
   * Reads and parses a file as YAML 1.2.
   *
   * @throws ConfigError with every error: a file that can't be read or isn't UTF-8, invalid YAML, duplicate keys,
   * unknown tags, aliases without an anchor or with too many values, control characters
   */
  static read(path: string, file: string, role: FileRole): YamlSource {
    return YamlSource.of(readText(path, file, role), file, role);
  }

  /** Parses the text of a file that is already read. @throws ConfigError as `read` does */
  static of(text: string, file: string, role: FileRole): YamlSource {
    const source = new YamlSource(file, text, role);
    const problems = source.syntaxProblems();
    if (problems.length > 0) throw new ConfigError(problems);
    return source;
  }

  /** The plain data, with aliases expanded. Each call returns the same object. */
  data(): unknown {
    const parsed = this.parse();
    parsed.data ??= parsed.document.toJS({ maxAliasCount: -1 });
    return parsed.data;
  }

  /**
   * Releases the parsed document, which uses most of the memory. A later query for a position parses the text again,
   * which happens only if there is an error.
   */
  release(): void {
    this.parsed = undefined;
  }

  /** Where the value at a path is written. If the value does not exist, its nearest existing parent. */
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

  /** Where the key at a path is written, for errors about an unknown or misspelt key. */
  placeOfKey(path: Path): Place {
    const parent = this.follow(path.slice(0, -1));
    const last = String(path.at(-1));
    const pair = isMap(parent) ? parent.items.find((item) => keyText(item.key) === last) : undefined;
    return isNode(pair?.key) ? this.place(pair.key) : this.placeOf(path);
  }

  /** Whether a key has no value in the file, not even an explicit `null`. */
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
    // The parser only warns about an unknown tag. Here this is an error, because the tag could change the value.
    const faults = [...this.document.errors, ...this.document.warnings];
    // Only the first structural error is reported, because the parser can misread everything after it.
    const structural = faults.find(({ code }) => !(code in explanations));
    // If the parser ran out of stack, its other errors only describe that failure.
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
        // An alias bomb consists of many such aliases, so only the first is reported.
        if (fault !== undefined && !(bomb && fault.bomb)) report(node, fault.message);
        bomb ||= fault?.bomb ?? false;
      } else if (isMap(node)) {
        // The parser's own check for duplicate keys takes quadratic time, so it is done here.
        const seen = new Set<string>();
        for (const { key } of node.items) {
          const text = keyText(key);
          if (text === undefined || !isNode(key)) continue;
          if (seen.has(text)) report(key, 'this map has the key twice; remove one of the two');
          seen.add(text);
        }
      } else if (isPair(node)) {
        const key = isNode(node.key) ? node.key : undefined;
        if (key !== undefined && !isScalar(key)) report(key, 'a key must be a string, not a list or a map');
        const name = keyText(node.key) ?? '';
        if (name === '<<') report(key, '"<<" merges maps only in YAML 1.1; write the merged keys out');
        // Every JavaScript object inherits these names, so code would find a value for such a key even if the file
        // sets none.
        if (name in Object.prototype) report(key, `"${name}" can't be a key; choose another name`);
      } else if (isScalar(node)) {
        if (typeof node.value === 'number') {
          const message = numberFault(node.value, node.source ?? '');
          if (message !== undefined) report(node, message);
        }
        const fault = typeof node.value === 'string' ? controlCharacter(node.value) : undefined;
        if (fault !== undefined) {
          report(
            node,
            `contains the control character ${fault}, which not all parsers read in the same way; remove the character`,
          );
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
    return {
      message: `*${alias.source} expands to ${size}; write the values out instead of using aliases`,
      bomb: true,
    };
  }

  /** The number of values to which a node expands, including all aliases. */
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

/**
 * The error message for a number that is not written in its usual form. Parsers may disagree about such a number, or
 * it was meant as a string.
 */
function numberFault(value: number, text: string): string | undefined {
  if (text === String(value)) return undefined;
  const other = /^[-+]?0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : value;
  const octal = other === value ? '' : ` in YAML 1.2 and ${other} in YAML 1.1`;
  return `is ${text}, which means the number ${value}${octal}; write "${text}", with quotes, for a string, or ${value} for the number`;
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

/** For too many open brackets, the parser's message would have a different position each time. */
function structuralFault(code: string, message: string): string {
  if (code === 'RESOURCE_EXHAUSTION') return 'has too many nested brackets; remove some of the brackets';
  return `is not YAML: ${message}`;
}

/** Messages for errors after which the rest of the file can still be parsed. */
const explanations: Readonly<Record<string, (message: string) => string>> = {
  TAG_RESOLVE_FAILED: (message) => `${message.toLowerCase()}; write the value without a tag`,
  MULTIPLE_DOCS: () => 'a second document begins here (---); the file must contain only one document',
};
