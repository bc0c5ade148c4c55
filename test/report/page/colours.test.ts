import { colours } from '../../../lib/report/picture/style';

/** The two schemes: the values of the custom properties. */
const [light = {}, dark = {}] = [...colours(':root').matchAll(/\{(--[^{}]*)\}/g)].map(
  ([, block = '']) =>
    Object.fromEntries(
      [...block.matchAll(/--([\w-]+):(#\w+)/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>,
);

/** The contrast of two colours (WCAG 2.2). */
function contrast(one = '', other = ''): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((each) => each + each).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const texts: readonly (readonly [text: string, background: string])[] = [
  ['ink', 'paper'],
  ['ink', 'box'],
  ['ink', 'way-box'],
  ['ink', 'tint'],
  ['muted', 'paper'],
  ['muted', 'box'],
  ['muted', 'way-box'],
  ['way', 'paper'],
  ['down', 'down-box'],
  ['down', 'box'],
  ['short', 'short-box'],
  ['short', 'box'],
  ['good', 'box'],
  ['box', 'muted'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s scheme', (_, scheme) => {
  test.each(texts)('%s on %s has a contrast of at least 4.5', (text, background) => {
    expect(contrast(scheme[text], scheme[background])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['line', 'way', 'down'])('lines of the colour %s have a contrast of at least 3', (line) => {
    expect(contrast(scheme[line], scheme['paper'])).toBeGreaterThanOrEqual(3);
  });
});
