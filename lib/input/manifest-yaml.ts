import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Tags,
} from 'yaml';
import { rememberText } from '../documents/source-text';
import { indentFlow } from './flow-indent';

/** Parsed documents, as kubectl reads them, with a function that finds the position of each value. */
export interface ManifestYaml {
  readonly documents: readonly Document.Parsed[];
  /** The line and column of an offset in the parsed text. */
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/**
 * Parses manifests as kubectl does: YAML 1.1 (`yes` is true, `1_000` and `0755` are numbers, `<<` merges maps), but
 * without dates and times. Quoted strings and flow collections may be indented less than their parent.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function parseManifestYaml(text: string): ManifestYaml {
  const first = parse(text);
  if (errorsOf(first) === 0) return first;
  const { text: indented, padding, lines } = indentFlow(text);
  const second = parse(indented);
  if (errorsOf(second) >= errorsOf(first)) return first;
  return {
    ...second,
    placeAt: (offset) => {
      const { line, column } = second.placeAt(offset);
      return { line, column: lines.has(line) ? Math.max(1, column - padding) : column };
    },
  };
}

function errorsOf({ documents }: ManifestYaml): number {
  return documents.reduce((sum, { errors }) => sum + errors.length, 0);
}

function parse(text: string): ManifestYaml {
  const lines = new LineCounter();
  const options = {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.1',
    customTags: kubectlTags,
  } as const;
  const parsed = parseAllDocuments(text, options);
  return {
    documents: 'empty' in parsed ? [] : parsed,
    placeAt: (offset) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
  };
}

/**
 * Compared with YAML 1.1, kubectl's parser has no sexagesimal numbers, keeps dates as strings, and accepts `0o17` as
 * Go does.
 */
function kubectlTags(tags: Tags): Tags {
  const known = tags.filter(
    (tag) => typeof tag === 'string' || (tag.format !== 'TIME' && tag.tag !== 'tag:yaml.org,2002:timestamp'),
  );
  return [
    {
      tag: 'tag:yaml.org,2002:int',
      default: true,
      format: 'OCT',
      test: /^[-+]?0o[0-7_]+$/,
      resolve: (source: string) =>
        Number(source.replaceAll('_', '').replace(/^([-+]?)/, '')) * (source.startsWith('-') ? -1 : 1),
    },
    ...known,
  ];
}

/** Records how the file writes each number, boolean and null, if JSON would write the value differently. */
export function rememberTexts(document: Document.Parsed, value: unknown): void {
  const visit = (node: unknown, within: unknown): void => {
    if (typeof within !== 'object' || within === null) return;
    if (isMap(node)) {
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const key = String(pair.key.value);
        remember(pair.value, within, key);
        visit(pair.value, (within as Record<string, unknown>)[key]);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        remember(item, within, index);
        visit(item, (within as readonly unknown[])[index]);
      });
    }
  };
  visit(document.contents, value);
}

function remember(node: unknown, parent: object, key: string | number): void {
  if (!isScalar(node) || node.type !== 'PLAIN' || typeof node.value === 'string') return;
  const { source } = node;
  if (source !== undefined && source !== String(node.value)) rememberText(parent, key, source);
}
