import type { Page } from 'playwright-core';

interface Rectangle {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The places of everything in a picture, in pixels of the screen. */
export interface Geometry {
  readonly boxes: readonly (Rectangle & { readonly texts: readonly Rectangle[] })[];
  readonly heads: readonly Rectangle[];
  /** Points of each line, without its ends. */
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
}

/** Measures a picture in the browser. */
export async function geometryOf(page: Page): Promise<Geometry> {
  return (await page.evaluate(`(() => {
    const svg = document.querySelector('.canvas .picture');
    const rectangle = (element, name) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { name, left, top, right, bottom };
    };
    const texts = (element) => [...element.querySelectorAll('text')].map((each) => rectangle(each, each.textContent));
    return {
      boxes: [...svg.querySelectorAll('[data-box]')].map((box) => ({
        ...rectangle(box.querySelector('.frame'), box.querySelector('.title').textContent),
        texts: texts(box),
      })),
      heads: texts(svg.querySelector('.heads')),
      lines: [...svg.querySelectorAll('.line .stroke')].map((path) => {
        const length = path.getTotalLength();
        const matrix = path.getScreenCTM();
        const points = [];
        for (let at = 4; at < length - 4; at += 4) {
          const point = path.getPointAtLength(at).matrixTransform(matrix);
          points.push([point.x, point.y]);
        }
        return { name: path.parentElement.dataset.from + ' to ' + path.parentElement.dataset.to, points };
      }),
    };
  })()`)) as Geometry;
}

/** A text may touch its frame by less than this. */
const tolerance = 0.5;

/** What overlaps, in sentences. */
export function overlaps({ boxes, heads, lines }: Geometry): string[] {
  const separate = [...boxes, ...heads];
  const pairs = separate.flatMap((one, index) =>
    separate
      .slice(index + 1)
      .flatMap((other) => (meet(one, other) ? [`${one.name} overlaps ${other.name}`] : [])),
  );
  const outside = boxes.flatMap((box) =>
    box.texts.flatMap((text) => (contains(box, text) ? [] : [`${text.name} leaves the box ${box.name}`])),
  );
  const inside = boxes.flatMap(({ name, texts }) =>
    texts.flatMap((one, index) =>
      texts
        .slice(index + 1)
        .flatMap((other) => (meet(one, other) ? [`in ${name}, ${one.name} overlaps ${other.name}`] : [])),
    ),
  );
  const crossed = lines.flatMap(({ name, points }) =>
    boxes.flatMap((box) =>
      points.some(([x, y]) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1)
        ? [`the line ${name} crosses ${box.name}`]
        : [],
    ),
  );
  return [...pairs, ...outside, ...inside, ...crossed];
}

function meet(one: Rectangle, other: Rectangle): boolean {
  return (
    one.left < other.right - tolerance &&
    other.left < one.right - tolerance &&
    one.top < other.bottom - tolerance &&
    other.top < one.bottom - tolerance
  );
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top - tolerance &&
    inner.bottom <= outer.bottom + tolerance
  );
}
