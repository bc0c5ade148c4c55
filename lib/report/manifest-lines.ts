import { isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { stepsOf } from '../kubernetes/path';

/** Finds the line of a field in a manifest. A file is parsed at its first use. */
export class ManifestLines {
  private readonly parsed = new Map<string, ReturnType<typeof parseFile>>();

  /** @param texts the manifests by their paths */
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  /**
   * The line of a field, from 1, or of its nearest existing parent; undefined if the object isn't in the
   * file.
   */
  lineOf(file: string, { kind, metadata }: KubernetesObject, path: string): number | undefined {
    const { documents, lines } = this.read(file);
    const document = documents.find(
      (each) =>
        each.getIn(['kind']) === kind &&
        each.getIn(['metadata', 'name']) === metadata.name &&
        each.getIn(['metadata', 'namespace']) === metadata.namespace,
    );
    if (document === undefined) return undefined;
    for (let steps = stepsOf(path); steps.length > 0; steps = steps.slice(0, -1)) {
      const [parent, last] = [document.getIn(steps.slice(0, -1), true), steps.at(-1)];
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
        : undefined;
      const node = (pair?.key ?? document.getIn(steps, true)) as { range?: readonly number[] } | undefined;
      const offset = node?.range?.[0];
      if (offset !== undefined) return lines.linePos(offset).line;
    }
    return undefined;
  }

  private read(file: string) {
    const known = this.parsed.get(file) ?? parseFile(this.texts.get(file) ?? '');
    this.parsed.set(file, known);
    return known;
  }
}

function parseFile(text: string) {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  return { documents: Array.isArray(documents) ? documents : [], lines };
}
