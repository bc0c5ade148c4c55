import type { PictureBox, PicturePart, PodSlot } from '../../analysis/picture/picture';
import { fitText, textWidth } from './text-width';

/** Sizes in a picture, in pixels. */
export const measures = {
  padding: 12,
  title: 13.5,
  detail: 11,
  rowHeight: 17,
  icon: 16,
  chip: 17,
  widest: 268,
  visitor: 84,
} as const;

/** A mark on a changed box: the class of the consequence, and a text that begins with a sign. */
export interface BoxMark {
  readonly kind: string;
  readonly text: string;
}

/** A row below the title. */
export interface BoxRow {
  readonly kind: 'detail' | 'status' | 'volume' | 'secret' | 'mark' | 'part';
  readonly text: string;
  /** The second line, for parts. */
  readonly more?: string;
  readonly part?: PicturePart;
  readonly mark?: BoxMark;
  readonly y: number;
  readonly height: number;
}

/** A box with its rows and its size, before it is placed in the picture. */
export interface BoxShape {
  readonly box: PictureBox;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly rows: readonly BoxRow[];
  readonly chips: readonly { readonly text: string; readonly slot: PodSlot }[];
  /** The width that is available for the status text. */
  readonly inner: number;
  /** Gives the box another width, so that all boxes of a column are equally wide. */
  readonly widened: (width: number) => BoxShape;
}

const { padding, title: titleSize, detail, rowHeight, icon, chip, widest } = measures;

/** The maximum number of nodes that are shown as single chips. */
const mostChips = 6;

/** Computes the rows, chips and size of a box. */
export function shapeOf(
  box: PictureBox,
  marks: readonly BoxMark[],
  names: ReadonlyMap<string, string>,
): BoxShape {
  const chips = chipsOf(box, names);
  const drafts = rowsOf(box, marks);
  const titleWidth =
    icon +
    6 +
    textWidth(box.title, titleSize, true) +
    (chips.length === 0 ? 0 : 10 + chips.length * (chip + 3));
  const rowWidths = drafts.map(
    (row) =>
      indentOf(row.kind) +
      Math.max(textWidth(row.text, detail, row.kind === 'part'), textWidth(row.more ?? '', detail)),
  );
  const least = box.kind === 'workload' ? 216 : box.kind === 'visitor' ? measures.visitor : 120;
  const width = Math.ceil(Math.min(widest, Math.max(least, titleWidth, ...rowWidths) + 2 * padding));
  return place(box, drafts, chips, width);
}

type RowDraft = Omit<BoxRow, 'y' | 'height'>;

function place(
  box: PictureBox,
  drafts: readonly RowDraft[],
  chips: BoxShape['chips'],
  width: number,
): BoxShape {
  const inner = width - 2 * padding;
  let y = padding + 16;
  const rows = drafts.map(({ kind, text, more, part, mark }): BoxRow => {
    const height = kind === 'part' ? (more === undefined ? 24 : 38) : rowHeight;
    const room = inner - indentOf(kind);
    const row = { kind, y, height, text: fitText(text, detail, room, kind === 'part') };
    y += height;
    return {
      ...row,
      ...(more !== undefined && { more: fitText(more, detail, room) }),
      ...(part !== undefined && { part }),
      ...(mark !== undefined && { mark }),
    };
  });
  const taken = icon + 6 + (chips.length === 0 ? 0 : 10 + chips.length * (chip + 3));
  return {
    ...{ box, width, rows, chips, inner },
    height: y + padding - (rows.length === 0 ? 0 : 2),
    title: fitText(box.title, titleSize, inner - taken, true),
    widened: (other) => place(box, drafts, chips, other),
  };
}

/** The width that the icon of a row needs to the left of the text. */
function indentOf(kind: BoxRow['kind']): number {
  return kind === 'volume' || kind === 'secret' ? 16 : kind === 'part' ? 20 : 0;
}

function rowsOf(box: PictureBox, marks: readonly BoxMark[]): RowDraft[] {
  const ports = box.ports.length === 0 ? [] : [`port ${box.ports.join(', ')}`];
  const count = box.pods === undefined ? [] : [box.pods.count === 1 ? '1 pod' : `${box.pods.count} pods`];
  const details: RowDraft[] =
    box.kind === 'workload'
      ? [{ kind: 'status', text: [...box.details, ...count, ...ports].join(' · ') }]
      : [...box.details.slice(0, -1), [...ports, ...box.details.slice(-1)].join(' · ')]
          .filter((each) => each !== '')
          .map((each): RowDraft => ({ kind: 'detail', text: each }));
  const [first, ...others] = box.secrets;
  return [
    ...details,
    ...box.parts.map(
      (part): RowDraft => ({
        kind: 'part',
        text: part.part === 'node' ? part.title : [part.title, ...part.details].join(': '),
        part,
        ...(part.part === 'node' && { more: part.details.join(' · ') }),
      }),
    ),
    ...box.volumes.map((volume): RowDraft => ({ kind: 'volume', text: volume })),
    ...(first === undefined
      ? []
      : [
          {
            kind: 'secret' as const,
            text: others.length === 0 ? first.name : `${box.secrets.length} Secrets`,
          },
        ]),
    ...marks.map((mark): RowDraft => ({ kind: 'mark', text: mark.text, mark })),
  ];
}

function chipsOf({ pods }: PictureBox, names: ReadonlyMap<string, string>): BoxShape['chips'] {
  const slots = pods?.slots ?? [];
  if (slots.length > mostChips) return [];
  return slots.map((slot) => ({ slot, text: names.get(slot.node) ?? slot.node }));
}

/**
 * Short names of the nodes: the last character of each name, or their numbers if the last characters are not unique.
 */
export function shortNames(nodes: readonly string[]): Map<string, string> {
  const ends = nodes.map((name) => /[0-9a-z]$/i.exec(name)?.[0] ?? '');
  const isDistinct = new Set(ends).size === nodes.length && !ends.includes('');
  return new Map(nodes.map((name, index) => [name, isDistinct ? (ends[index] ?? '') : String(index + 1)]));
}
