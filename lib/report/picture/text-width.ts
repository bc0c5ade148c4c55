/**
 * The widths of characters, in thousandths of the font size. They are measured in DejaVu Sans, the widest font of the
 * page. So a text that fits in DejaVu Sans fits in the other fonts, too.
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

/** The width of all other characters. */
const widest = 1000;

/** Bold letters are wider by this factor. */
const bold = 1.12;

/** An upper bound of the width of a text, in pixels. */
export function textWidth(text: string, size: number, isBold = false): number {
  const thousandths = [...text].reduce((sum, each) => sum + (widths.get(each) ?? widest), 0);
  return (thousandths * size * (isBold ? bold : 1)) / 1000;
}

/** Shortens a text with an ellipsis if it is wider than `most` pixels. */
export function fitText(text: string, size: number, most: number, isBold = false): string {
  if (textWidth(text, size, isBold) <= most) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size, isBold) > most) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
