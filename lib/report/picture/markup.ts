/**
 * Escapes text for HTML and SVG, also for attributes in double quotes. Replaces control characters, which are not
 * valid there.
 */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\P{Cc}\t\n]/gu, '�');
}

/** Creates an element. Attribute values are escaped, and undefined attributes are left out. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...content: readonly Markup[]
): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`);
  const inner = content.map(({ markup }) => markup).join('');
  return {
    markup:
      inner === '' && closing.has(name)
        ? `<${name}${written.join('')}/>`
        : `<${name}${written.join('')}>${inner}</${name}>`,
  };
}

/** SVG elements that have no content and are written as one tag. */
const closing: ReadonlySet<string> = new Set(['path', 'rect', 'circle', 'line', 'use']);

/** Markup in which all text is escaped. Only this module turns plain text into markup. */
export interface Markup {
  readonly markup: string;
}

export function escaped(value: string): Markup {
  return { markup: escapeMarkup(value) };
}

export function joined(parts: readonly Markup[], between = ''): Markup {
  return { markup: parts.map(({ markup }) => markup).join(between) };
}
