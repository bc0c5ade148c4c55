import { drawPicture } from '../../analysis/picture/draw';
import type { Picture, PictureClaim } from '../../analysis/picture/picture';
import type { NamedTarget } from '../../analysis/picture/sources';
import type { TerraformConfiguration } from '../../documents/terraform';
import { shapeOf, shortNames } from '../picture/box-shape';
import { columnsOf } from '../picture/columns';
import { layOut, type PictureLayout } from '../picture/layout';
import { colours, pictureStyle } from '../picture/style';
import { pictureSvg } from '../picture/svg';
import { reportTables } from '../tables/all-tables';
import type { ReportSubject } from '../tables/report-subject';
import type { EvidencePlaceOf } from './evidence';
import type { PictureChange } from './picture-change';
import { playedFailures } from './played-failures';
import { reportPage } from './report-page';

/** The input of a page. */
export interface PageSubject {
  readonly title: string;
  readonly facts: readonly string[];
  /** The assumptions, as sentences. */
  readonly notes: readonly string[];
  readonly subject: ReportSubject;
  readonly stacks: readonly TerraformConfiguration[];
  readonly targets: readonly NamedTarget[];
  /** Claims about the nodes, by node name. @default none */
  readonly nodeClaims?: ReadonlyMap<string, readonly PictureClaim[]>;
  /** Whether the nodes are known. If false, the nodes are assumed. */
  readonly knowsNodes: boolean;
  readonly placeOf: EvidencePlaceOf;
}

export function pictureOf({
  subject,
  stacks,
  targets,
  knowsNodes,
  nodeClaims = new Map(),
}: PageSubject): Picture {
  const { drill, reachability } = subject;
  return drawPicture({
    drill,
    connections: reachability.connections,
    stacks,
    targets,
    knowsNodes,
    nodeClaims,
  });
}

/** Places the boxes and lines of a picture. @param change marks of changed boxes, which need additional space */
export async function layoutOf(
  { subject }: Pick<PageSubject, 'subject'>,
  picture: Picture,
  change?: PictureChange,
): Promise<PictureLayout> {
  const names = shortNames(subject.drill.cluster.facts.nodes.map(({ name }) => name));
  const shapes = picture.boxes.map((box) => shapeOf(box, change?.marksOf(box) ?? [], names));
  return layOut(picture, shapes, columnsOf(picture));
}

/** The picture as an SVG file. @throws MissingLayout */
export async function pictureFile(page: PageSubject): Promise<string> {
  const picture = pictureOf(page);
  const layout = await layoutOf(page, picture);
  const title = `${page.title}: the path of a request, and all connections that pods may open`;
  return `${pictureSvg(picture, layout, { title, style: `${colours('.picture')}${pictureStyle}` }).markup}\n`;
}

/** The page as an HTML file. @throws MissingLayout */
export async function assemblePage(page: PageSubject, change?: PictureChange): Promise<string> {
  const picture = change?.picture ?? pictureOf(page);
  const layout = await layoutOf(page, picture, change);
  const { title, facts, notes, placeOf, subject } = page;
  return reportPage({
    ...{ title, facts, notes, picture, layout, placeOf, change },
    failures: playedFailures(
      subject.drill,
      layout,
      picture.boxes.map(({ id }) => id),
    ),
    tables: reportTables(subject),
  });
}
