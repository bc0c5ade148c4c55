import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { stepsOf } from '../kubernetes/path';

/** Finds the line of an argument in a Terraform stack. Each file is parsed when it is first used. */
export class TerraformLines {
  private readonly parsed = new Map<string, { readonly document: Document; readonly lines: LineCounter }>();

  /** @param texts the content of the stacks (JSON), by path */
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  /** The file and the line of an argument of a resource, or of its nearest existing parent. */
  placeOf(address: string, path: string): { readonly file: string; readonly line: number } | undefined {
    const [type = '', name = ''] = address.split('.');
    for (const file of this.texts.keys()) {
      const { document, lines } = this.read(file);
      const resource = ['resource', type, name];
      if (!document.hasIn(resource)) continue;
      for (let steps = [...resource, ...stepsOf(path)]; steps.length > 0; steps = steps.slice(0, -1)) {
        const parent = document.getIn(steps.slice(0, -1), true);
        const pair = isMap(parent)
          ? parent.items.find(({ key }) => isScalar(key) && key.value === steps.at(-1))
          : undefined;
        const node = (pair?.key ?? document.getIn(steps, true)) as { range?: readonly number[] } | undefined;
        const offset = node?.range?.[0];
        if (offset !== undefined) return { file, line: lines.linePos(offset).line };
      }
    }
    return undefined;
  }

  private read(file: string) {
    const known = this.parsed.get(file);
    if (known !== undefined) return known;
    const lines = new LineCounter();
    const made = { document: parseDocument(this.texts.get(file) ?? '', { lineCounter: lines }), lines };
    this.parsed.set(file, made);
    return made;
  }
}
