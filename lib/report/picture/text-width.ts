/**
 * The widths of characters in thousandths of the font size. They are those of DejaVu Sans, which is wider than the other fonts of the
 * page: a text that fits in it fits in each of them.
 */
const groups: readonly (readonly [width: number, characters: string])[] = [
  [278, 'ijl'],
  [318, ' .,'],
  [337, ':;/\\|I'],
  [361, '-'],
  [392, 'ft()[]'],
  [411, 'r'],
  [525, 'sz*'],
  [590, 'ckvxy'],
  [640, 'abdeghnopqu0123456789'],
  [660, 'EFLPRSTYZ'],
  [700, 'ABCKVX'],
  [790, 'DGHNOQUJ'],
  [838, 'w+<>=~'],
  [870, 'M'],
  [980, 'mW%@'],
];

const widths = new Map(groups.flatMap(([width, characters]) => [...characters].map((each) => [each, width])));

/** Letters of other scripts, and signs. */
const widest = 1000;

/** Bold letters are wider. */
const bold = 1.12;

/** The maximum width of a text, in pixels. */
export function textWidth(text: string, size: number, isBold = false): number {
  const thousandths = [...text].reduce((sum, each) => sum + (widths.get(each) ?? widest), 0);
  return (thousandths * size * (isBold ? bold : 1)) / 1000;
}

/** The text, cut off with an ellipsis if it is wider. */
export function fitText(text: string, size: number, most: number, isBold = false): string {
  if (textWidth(text, size, isBold) <= most) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size, isBold) > most) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
