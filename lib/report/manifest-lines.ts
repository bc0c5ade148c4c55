import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { stepsOf } from '../kubernetes/path';

/** Finds the line of a field in a manifest or in a stack of Terraform. A file is parsed at its first use. */
export class ManifestLines {
  private readonly parsed = new Map<string, ReturnType<typeof parseFile>>();

  /** @param texts the files by their paths */
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  /**
   * The line of a field, from 1, or of its nearest existing parent; undefined if the object isn't in the
   * file. A field may be in a string of YAML, such as the values of a chart.
   */
  lineOf(file: string, { kind, metadata }: KubernetesObject, path: string): number | undefined {
    const { documents, lines } = this.read(file);
    const document = documents.find(
      (each) =>
        each.getIn(['kind']) === kind &&
        each.getIn(['metadata', 'name']) === metadata.name &&
        each.getIn(['metadata', 'namespace']) === metadata.namespace,
    );
    return document && lineIn(document, lines, stepsOf(path));
  }

  /** The line of a value in a file with one document, such as a stack of Terraform, or of its nearest parent. */
  lineAt(file: string, path: string): number | undefined {
    const { documents, lines } = this.read(file);
    const [document] = documents;
    return document && lineIn(document, lines, stepsOf(path));
  }

  private read(file: string) {
    const known = this.parsed.get(file) ?? parseFile(this.texts.get(file) ?? '');
    this.parsed.set(file, known);
    return known;
  }
}

type LineStep = string | number;

function lineIn(document: Document, lines: LineCounter, all: readonly LineStep[]): number | undefined {
  for (let steps = all; steps.length > 0; steps = steps.slice(0, -1)) {
    const [parent, last] = [document.getIn(steps.slice(0, -1), true), steps.at(-1)];
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
      : undefined;
    const node = (pair?.key ?? document.getIn(steps, true)) as { range?: readonly number[] } | undefined;
    const offset = node?.range?.[0];
    if (offset === undefined) continue;
    const line = lines.linePos(offset).line;
    return line + linesWithin(pair?.value, all.slice(steps.length));
  }
  return undefined;
}

/** The lines from the key of a block of YAML text to a field in it. */
function linesWithin(value: unknown, steps: readonly LineStep[]): number {
  if (!isScalar(value) || value.type !== 'BLOCK_LITERAL' || steps.length === 0) return 0;
  const { documents, lines } = parseFile(String(value.value));
  const [document] = documents;
  return (document && lineIn(document, lines, steps)) ?? 0;
}

function parseFile(text: string) {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  return { documents: Array.isArray(documents) ? documents : [], lines };
}
