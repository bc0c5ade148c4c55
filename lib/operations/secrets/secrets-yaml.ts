import { isAlias, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError, type Place, type Problem } from '../../input/problem';
import { formatSecretPath, type SecretLeaf, type SecretPath } from './secret-leaf';

/** The parsed content of a secrets file. */
export interface SecretsText {
  readonly leaves: readonly SecretLeaf[];
  /** The section `sops`; undefined if the file is not encrypted. */
  readonly metadata: unknown;
  readonly placeOf: (path: SecretPath) => Place;
}

/**
 * Parses the YAML of a secrets file. No message quotes a value, not even one that is invalid YAML.
 *
 * @throws ConfigError with all problems
 */
export function parseSecrets(text: string, file: string): SecretsText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    place: at(pos[0]),
    path: '',
    message: `is not valid YAML (${code}); put quotes around the value, or write the value as a block with |`,
  }));
  const leaves: SecretLeaf[] = [];
  const places = new Map<string, Place>();
  let metadata: unknown;
  const walk = (node: unknown, path: SecretPath) => {
    const place = at((node as Node | null)?.range?.[0] ?? 0);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.source ?? key.value) : '';
        const inner = [...path, name];
        places.set(inner.join('\0'), at((key as Node | null)?.range?.[0] ?? 0));
        if (path.length === 0 && name === 'sops') metadata = (value as Node | null)?.toJS(document) ?? null;
        else walk(value, inner);
      }
    } else if (node === null || isScalar(node)) {
      const value = node === null || node.value === null ? '' : node.value;
      leaves.push({
        path,
        value: typeof value === 'string' ? value : String((node as { source?: string }).source),
      });
    } else {
      const what = isAlias(node) ? 'an alias or a string that starts with *' : 'a list';
      const message = `is ${what}; it must be a string, in quotes if it has special characters`;
      problems.push({ place, path: formatSecretPath(path), message });
    }
  };
  if (problems.length === 0 && document.contents !== null) walk(document.contents, []);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    leaves: leaves.filter(({ path }) => path.length > 0),
    metadata,
    placeOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const place = places.get(path.slice(0, length).join('\0'));
        if (place !== undefined) return place;
      }
      return { file, line: 1, column: 1 };
    },
  };
}
