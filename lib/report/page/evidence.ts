import type { Picture, PictureClaim, PictureEvidence } from '../../analysis/picture/picture';
import { escaped, joined, type Markup, tag } from '../picture/markup';

/** A line of a file, with its text. */
export interface EvidencePlace {
  readonly file: string;
  readonly line?: number | undefined;
  /** The text of the line. @default unknown */
  readonly quote?: string | undefined;
}

/** Finds the line that proves a claim. Undefined if no file has the line. */
export type EvidencePlaceOf = (evidence: PictureEvidence) => EvidencePlace | undefined;

/** The anchors of the evidence on the page, by the id of the box, part or line. */
export function anchorsOf({ boxes, lines }: Picture): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  boxes.forEach(({ id, parts, claims }, index) => {
    if (claims.length + parts.length > 0 || lines.some((line) => line.from === id && line.claims.length > 0))
      anchors.set(id, `e${index}`);
    parts.forEach((part, place) => {
      anchors.set(part.id, `e${index}-${place}`);
    });
  });
  lines.forEach(({ id, claims }, index) => {
    if (claims.length > 0) anchors.set(id, `l${index}`);
  });
  return anchors;
}

/** All claims of the picture with their lines, as text. It contains everything that the picture shows. */
export function evidenceSection(picture: Picture, placeOf: EvidencePlaceOf): Markup {
  const anchors = anchorsOf(picture);
  const titles = new Map(picture.boxes.map(({ id, title }) => [id, title]));
  const entries = picture.boxes.flatMap((box) => {
    if (!anchors.has(box.id)) return [];
    const own = picture.lines.filter(({ from, claims }) => from === box.id && claims.length > 0);
    const lines = own.map((line) => {
      const port = line.ports === '' ? '' : `, port ${line.ports}`;
      const heading = `${box.title} → ${titles.get(line.to) ?? line.to}${port}`;
      return entry(anchors.get(line.id), heading, line.claims, placeOf, 'h4');
    });
    const parts = box.parts.map((part) => {
      const heading = [part.title, ...part.details].join(', ');
      return entry(anchors.get(part.id), heading, part.claims, placeOf, 'h4');
    });
    return [
      tag(
        'details',
        { class: 'evidence' },
        tag('summary', {}, escaped(headingOf(box.title, box.details))),
        entry(anchors.get(box.id), headingOf(box.title, box.details), box.claims, placeOf, 'h3'),
        ...parts,
        ...lines,
      ),
    ];
  });
  return joined([
    ...entries,
    ...(picture.remarks.length === 0
      ? []
      : [
          tag('section', { class: 'evidence' }, entry(undefined, 'All pods', picture.remarks, placeOf, 'h3')),
        ]),
  ]);
}

function headingOf(title: string, details: readonly string[]): string {
  const [first] = details;
  return first === undefined ? title : `${title}, ${first}`;
}

function entry(
  id: string | undefined,
  heading: string,
  claims: readonly PictureClaim[],
  placeOf: EvidencePlaceOf,
  level: 'h3' | 'h4',
): Markup {
  return tag(
    'div',
    { id, class: 'entry' },
    tag(level, {}, escaped(heading)),
    ...(claims.length === 0 ? [] : [tag('ul', {}, ...claims.map((claim) => claimItem(claim, placeOf)))]),
  );
}

function claimItem({ sentence, evidence }: PictureClaim, placeOf: EvidencePlaceOf): Markup {
  const place = evidence && placeOf(evidence);
  return tag('li', {}, escaped(sentence), ...(place === undefined ? [] : [escaped(' '), placeMarkup(place)]));
}

/** Formats a place: `3-api.k8s.yaml:75` and the text of this line. */
export function placeMarkup({ file, line, quote = '' }: EvidencePlace): Markup {
  const place = line === undefined ? file : `${file}:${line}`;
  return joined([
    tag('small', {}, escaped(place)),
    ...(quote.trim() === '' ? [] : [escaped(' '), tag('code', {}, escaped(shortened(quote.trim())))]),
  ]);
}

/** The maximum number of characters that are quoted from a line. */
const quoted = 90;

function shortened(line: string): string {
  return line.length <= quoted ? line : `${line.slice(0, quoted - 1)}…`;
}
