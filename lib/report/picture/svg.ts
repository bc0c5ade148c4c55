import type { Picture, PictureLine } from '../../analysis/picture/picture';
import { type BoxRow, type BoxShape, measures } from './box-shape';
import { type IconName, iconOfBox, iconOfPart, icons } from './icons';
import type { PictureLayout } from './layout';
import { escaped, joined, type Markup, tag } from './markup';

/** Options for drawing a picture. */
export interface SvgLook {
  readonly title: string;
  /** The anchor of the evidence for a box, part or line. @default no links */
  readonly anchorOf?: (id: string) => string | undefined;
  /** The CSS class that marks a changed box or line. */
  readonly classOf?: (id: string) => string | undefined;
  /** A style element for a picture that is a separate file. */
  readonly style?: string;
}

const { padding, icon } = measures;

/**
 * A picture that is wider than this is scaled down to this width on a small screen, and can be scrolled there. In
 * pixels.
 */
const wide = 1180;

/** Draws the picture as SVG. */
export function pictureSvg(picture: Picture, layout: PictureLayout, look: SvgLook): Markup {
  const { width, height, boxes, lines, heads } = layout;
  const numbers = new Map(picture.boxes.map(({ id }, index) => [id, `b${index}`]));
  return tag(
    'svg',
    {
      ...{
        xmlns: 'http://www.w3.org/2000/svg',
        class: width > wide ? 'picture wide' : 'picture',
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
      },
      ...{ role: 'group', 'aria-labelledby': 'picture-title' },
    },
    tag('title', { id: 'picture-title' }, escaped(look.title)),
    ...(look.style === undefined ? [] : [tag('style', {}, { markup: look.style })]),
    tag('rect', { class: 'paper', width, height }),
    tag(
      'g',
      { class: 'heads' },
      ...heads.map(({ x, y, text: head }) => tag('text', { x, y }, escaped(head))),
    ),
    tag(
      'g',
      { class: 'lines', 'aria-hidden': 'true' },
      ...picture.lines.map((line) => lineMarkup(line, lines.get(line.id) ?? [], numbers, look)),
    ),
    tag('g', { class: 'boxes' }, ...boxes.map((box) => boxMarkup(box, numbers, look))),
  );
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function lineMarkup(
  { id, from, to, layer, isRefused }: PictureLine,
  corners: readonly Corner[],
  numbers: ReadonlyMap<string, string>,
  { classOf, anchorOf }: SvgLook,
): Markup {
  const d = roundedPath(corners);
  const classes = [
    'line',
    `layer-${layer}`,
    isRefused === true ? 'refused' : undefined,
    classOf?.(id),
  ].filter((each) => each !== undefined);
  return tag(
    'g',
    {
      class: classes.join(' '),
      'data-from': numbers.get(from),
      'data-to': numbers.get(to),
      'data-evidence': anchorOf?.(id),
    },
    tag('path', { class: 'hit', d }),
    tag('path', { class: 'stroke', d }),
    tag('path', { class: 'arrow', d: arrowAt(corners) }),
    ...(isRefused === true ? [barMarkup(corners)] : []),
  );
}

/** The radius of the bends and the length of the arrows, in pixels. */
const [radius, arrow] = [7, 6];

/** The path of a line with round bends. It ends before the arrow. */
function roundedPath(corners: readonly Corner[]): string {
  const [first, ...others] = corners;
  if (first === undefined) return '';
  const bends = others.map((corner, index): string => {
    const before = corners[index] ?? first;
    const after = others[index + 1];
    if (after === undefined) {
      const end = towards(corner, before, arrow - 1);
      return `L${end.x} ${end.y}`;
    }
    const size = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const [start, end] = [towards(corner, before, size), towards(corner, after, size)];
    return `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}`;
}

function arrowAt(corners: readonly Corner[]): string {
  const [end, before] = [corners.at(-1), corners.at(-2)];
  if (end === undefined || before === undefined) return '';
  const back = towards(end, before, arrow);
  const [dx, dy] = [(end.x - back.x) / arrow, (end.y - back.y) / arrow];
  const side = (sign: number) => `${rounded(back.x - sign * dy * 3.2)} ${rounded(back.y + sign * dx * 3.2)}`;
  return `M${end.x} ${end.y}L${side(1)}L${side(-1)}z`;
}

/** A cross at the end of a line that the NetworkPolicies deny. */
function barMarkup(corners: readonly Corner[]): Markup {
  const [end, before] = [corners.at(-1), corners.at(-2)];
  if (end === undefined || before === undefined) return joined([]);
  const { x, y } = towards(end, before, arrow + 5);
  return tag('path', {
    class: 'bar',
    d: `M${x - 4} ${y - 6}L${x + 4} ${y + 6}M${x + 4} ${y - 6}L${x - 4} ${y + 6}`,
  });
}

function distance(a: Corner, b: Corner): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point at a distance from one point towards another. */
function towards(from: Corner, to: Corner, length: number): Corner {
  const whole = distance(from, to);
  const share = whole === 0 ? 0 : length / whole;
  return { x: rounded(from.x + (to.x - from.x) * share), y: rounded(from.y + (to.y - from.y) * share) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function boxMarkup(shape: BoxShape & Corner, numbers: ReadonlyMap<string, string>, look: SvgLook): Markup {
  const { box, x, y, width, height, title, rows, chips } = shape;
  const classes = ['box', `kind-${box.kind}`, `layer-${box.layer}`, look.classOf?.(box.id)].filter(
    (each) => each !== undefined,
  );
  return tag(
    'g',
    {
      ...{ class: classes.join(' '), transform: `translate(${x} ${y})`, 'data-box': numbers.get(box.id) },
      'data-inner': box.kind === 'workload' ? shape.inner : undefined,
    },
    linked(
      look.anchorOf?.(box.id),
      describeBox(shape),
      tag('rect', { class: 'frame', width, height, rx: 8 }),
      iconMarkup(iconOfBox(box), padding, 10, 'icon'),
      tag('text', { class: 'title', x: padding + icon + 6, y: 23 }, escaped(title)),
      ...chips.map(({ slot, text: name }, index) => {
        const left = width - padding - (chips.length - index) * (measures.chip + 3) + 3;
        return tag(
          'g',
          { class: slot.isCertain ? 'chip certain' : 'chip possible', 'data-node': slot.node },
          tag('rect', { x: left, y: 9, width: measures.chip, height: measures.chip, rx: 4.5 }),
          tag('text', { x: left + measures.chip / 2, y: 21.5 }, escaped(name)),
        );
      }),
      ...rows.filter(({ part }) => part === undefined).map(rowMarkup),
    ),
    ...rows.flatMap((row) => (row.part === undefined ? [] : [partMarkup(row, width, look)])),
  );
}

function iconMarkup(name: IconName, x: number, y: number, className: string, scale?: number): Markup {
  const size = scale === undefined ? '' : ` scale(${scale})`;
  return tag('path', { class: className, d: icons[name], transform: `translate(${x} ${y})${size}` });
}

function rowMarkup({ kind, text: words, y, mark }: BoxRow): Markup {
  const baseline = y + 12;
  if (kind === 'volume' || kind === 'secret')
    return tag(
      'g',
      { class: `row layer-${kind}s` },
      iconMarkup(kind === 'volume' ? 'volume' : 'key', padding - 1, y + 1.5, 'small-icon', 0.82),
      tag('text', { class: 'detail', x: padding + 16, y: baseline }, escaped(words)),
    );
  const className =
    kind === 'mark'
      ? `mark mark-${mark?.kind.replaceAll(' ', '-')}`
      : kind === 'status'
        ? 'detail status'
        : 'detail';
  return tag('text', { class: className, x: padding, y: baseline }, escaped(words));
}

function partMarkup({ part, text: words, more, y, height }: BoxRow, width: number, look: SvgLook): Markup {
  if (part === undefined) return escaped('');
  const label = [part.title, ...part.details].join(', ');
  return tag(
    'g',
    {
      class: ['part', `part-${part.part}`, look.classOf?.(part.id)]
        .filter((each) => each !== undefined)
        .join(' '),
      transform: `translate(0 ${y})`,
      'data-part': part.id,
    },
    linked(
      look.anchorOf?.(part.id),
      label,
      tag('rect', { class: 'part-frame', x: 6, y: 0, width: width - 12, height: height - 2, rx: 5 }),
      iconMarkup(iconOfPart(part), padding, 4, 'small-icon', 0.85),
      tag('text', { class: 'part-title', x: padding + 20, y: 15 }, escaped(words)),
      ...(more === undefined
        ? []
        : [tag('text', { class: 'detail', x: padding + 20, y: 29 }, escaped(more))]),
    ),
  );
}

function linked(anchor: string | undefined, label: string, ...content: readonly Markup[]): Markup {
  return anchor === undefined
    ? joined(content)
    : tag('a', { href: `#${anchor}`, 'data-evidence': anchor, 'aria-label': label }, ...content);
}

/** The description of a box for a screen reader. */
function describeBox({ box }: BoxShape): string {
  const { title, details, pods, ports, volumes, secrets } = box;
  return [
    title,
    ...details,
    ...(pods === undefined ? [] : [`${pods.count} ${pods.count === 1 ? 'pod' : 'pods'}`]),
    ...ports.map((each) => `port ${each}`),
    ...volumes,
    ...(secrets.length === 0 ? [] : [`Secrets ${secrets.map(({ name }) => name).join(' and ')}`]),
  ].join(', ');
}
