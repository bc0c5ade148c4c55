import { styleText } from 'node:util';

/** One or several colours or font weights. */
export type Style = Parameters<typeof styleText>[0];

/**
 * Adds terminal colours to a text. The caller decides whether the output is a terminal, because Node 24 would check
 * only the stdout of its own process.
 */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
