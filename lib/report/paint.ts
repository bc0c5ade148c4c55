import { styleText } from 'node:util';

/** A colour or a weight, or several. */
export type Style = Parameters<typeof styleText>[0];

/**
 * Text with the escape sequences of a terminal. The caller decides whether there is one; Node 24 would check
 * its own stdout.
 */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
