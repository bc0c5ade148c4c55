import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { stepsOf } from '../kubernetes/path';

/** Finds the line of a field in a manifest file or a Terraform stack. Each file is parsed when it is first used. */
export class ManifestLines {
  private readonly parsed = new Map<string, ReturnType<typeof parseFile>>();

  /** @param texts the content of the files, by path */
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  /**
   * The line of a field, or of its nearest existing parent. The first line is 1. Undefined if the object is not in
   * the file. The field may also be inside a string of YAML, such as Helm values.
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

  /**
   * The line of a value, or of its nearest existing parent, in a file with one document, such as a Terraform stack.
   */
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

/** The number of lines between a key whose value is a block of YAML text, and a field in this text. */
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
