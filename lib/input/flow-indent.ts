/**
 * A text in which the continuation lines of quoted strings and flow collections are indented, and the numbers of
 * these lines.
 */
export interface IndentedFlow {
  readonly text: string;
  /** The number of spaces that were added to each of these lines. */
  readonly padding: number;
  /** Line numbers, from 1. */
  readonly lines: ReadonlySet<number>;
}

/** Number of spaces to add: more than any parent's indentation. */
const padding = 200;

/**
 * Indents the continuation lines of quoted strings and flow collections. YAML 1.2 requires these lines to be indented
 * more than their parent; libyaml and Go's parsers do not. The values stay the same, because YAML folds a line break
 * and the spaces after it to one space.
 */
export function indentFlow(text: string): IndentedFlow {
  const moved = new Set<number>();
  const scan = new FlowScan();
  const lines = text.split('\n').map((line, index) => {
    const isInside = scan.isInside;
    scan.read(line);
    if (!isInside || line.trim() === '') return line;
    moved.add(index + 1);
    return `${' '.repeat(padding)}${line}`;
  });
  return { text: lines.join('\n'), padding, lines: moved };
}

/** Reads a text line by line, and records whether a line begins inside a quoted string or a flow collection. */
class FlowScan {
  private quote: '"' | "'" | undefined;
  private depth = 0;
  /** The indentation of the line at which the current block scalar started. Undefined outside of block scalars. */
  private block: number | undefined;

  get isInside(): boolean {
    return this.quote !== undefined || this.depth > 0;
  }

  read(line: string): void {
    if (this.block !== undefined) {
      if (line.trim() === '' || indentOf(line) > this.block) return;
      this.block = undefined;
    }
    let mayBegin = true;
    for (let index = 0; index < line.length; index++) {
      const character = line[index] ?? '';
      if (this.quote !== undefined) index = this.readQuoted(line, index);
      else if (character === '#' && (index === 0 || /\s/.test(line[index - 1] ?? ''))) return;
      else if (mayBegin && (character === '"' || character === "'")) this.quote = character;
      else if ((mayBegin || this.depth > 0) && '[{'.includes(character)) this.depth++;
      else if (this.depth > 0 && ']}'.includes(character)) this.depth--;
      else if (mayBegin && this.depth === 0 && /^[|>][-+\d]*\s*(#.*)?$/.test(line.slice(index))) {
        this.block = indentOf(line);
        return;
      }
      mayBegin = beginsValue(line, index, mayBegin, this.depth > 0);
    }
  }

  /**
   * @returns the index of the last character of the string
   */
  private readQuoted(line: string, index: number): number {
    const character = line[index];
    if (this.quote === '"' && character === '\\') return index + 1;
    if (character !== this.quote) return index;
    if (this.quote === "'" && line[index + 1] === "'") return index + 1;
    this.quote = undefined;
    return index;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * Whether a value can begin after a character: at the start of a line, and after `: `, `- `, `? `, `[`, `{` and `,`.
 */
function beginsValue(line: string, index: number, before: boolean, isFlow: boolean): boolean {
  const character = line[index] ?? '';
  if (/\s/.test(character)) return before || /[:?-]/.test(line[index - 1] ?? '');
  return isFlow && '[{,'.includes(character);
}
