import { stringify } from 'yaml';

/** A value that an edit can write. */
export type EditValue =
  | string
  | number
  | boolean
  | null
  | readonly EditValue[]
  | { readonly [key: string]: EditValue };

/** Number of characters up to which a list is written on one line. */
const flowWidth = 90;

/** A value in flow style, on one line. */
export function flowText(value: EditValue): string {
  if (typeof value === 'string') return scalarText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${scalarText(key)}: ${flowText(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/**
 * A value in block style, to be written after a colon. Undefined if the value fits on one line.
 *
 * @param indent the indentation of the lines below the key
 */
export function blockText(value: EditValue, indent: string): string | undefined {
  if (typeof value === 'string')
    return /[^\n]\n$/.test(value)
      ? linesText(
          value
            .trimEnd()
            .split('\n')
            .map((line) => indent + line),
          ' |',
        )
      : undefined;
  if (typeof value !== 'object' || value === null || flowText(value).length <= flowWidth) return undefined;
  return linesText(
    isList(value)
      ? value.map((item) => `${indent}- ${flowText(item)}`)
      : Object.entries(value).map(([key, each]) => `${indent}${scalarText(key)}: ${flowText(each)}`),
  );
}

function linesText(lines: readonly string[], head = ''): string {
  return [head, ...lines].join('\n');
}

/** A string as a YAML scalar. It has no quotes if every YAML parser reads it back as the same string. */
export function scalarText(text: string): string {
  const plain = stringify(text, { lineWidth: 0 }).trimEnd();
  // YAML 1.1 reads more strings as numbers, such as 237e6 or 0x1f.
  return /^[\w./@:-]+$/.test(plain) && !/^[\d.+-][\da-fA-FxXo_.:+-]*$/.test(plain)
    ? plain
    : JSON.stringify(text);
}

function isList(value: EditValue): value is readonly EditValue[] {
  return Array.isArray(value);
}
