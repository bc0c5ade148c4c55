import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { Picture } from '../../analysis/picture/picture';
import type { BoxShape } from './box-shape';
import type { PictureColumns } from './columns';
import { MissingLayout } from './missing-layout';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The positions of all boxes, lines and headings, in whole pixels. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (BoxShape & Point)[];
  /** The corners of each line, by line id. */
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  readonly heads: readonly (Point & { readonly text: string })[];
}

/**
 * Options of the layered algorithm of ELK. Each column of the picture is an ELK partition.
 *
 * @see https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.partitioning.activate': 'true',
  'elk.separateConnectedComponents': 'false',
  'elk.randomSeed': '1',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '7',
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
  'elk.layered.considerModelOrder.crossingCounterNodeInfluence': '0.05',
};

/** The height of the column headings, in pixels. */
const headHeight = 34;

const margin = 14;

/** Places the boxes of a picture in columns, and routes the lines between them. @throws MissingLayout */
export async function layOut(
  { lines }: Picture,
  shapes: readonly BoxShape[],
  columns: PictureColumns,
): Promise<PictureLayout> {
  const equal = equalColumns(shapes, columns);
  const columnOf = (id: string) => columns.of.get(id) ?? 0;
  const trunks = trunksOf(lines);
  const graph: ElkNode = {
    id: 'picture',
    layoutOptions: options,
    children: equal.map(({ box, width, height }) => ({
      ...{ id: box.id, width, height },
      ports: [
        ...(trunks.out.has(box.id) ? [port(box.id, 'EAST')] : []),
        ...(trunks.in.has(box.id) ? [port(box.id, 'WEST')] : []),
      ],
      layoutOptions: {
        'elk.partitioning.partition': String(columnOf(box.id)),
        'elk.portConstraints': 'FIXED_SIDE',
      },
    })),
    edges: lines.map(({ id, from, to, layer }) => ({
      id,
      sources: [trunks.out.has(from) ? port(from, 'EAST').id : from],
      targets: [trunks.in.has(to) ? port(to, 'WEST').id : to],
      layoutOptions: { 'elk.layered.priority.straightness': layer === 'traffic' ? '10' : '1' },
    })),
  };
  const placed: ElkNode = await loadElk().layout(graph);
  const at = new Map((placed.children ?? []).map((child) => [child.id, child]));
  const boxes = equal.map((shape) => ({ ...shape, ...shifted(at.get(shape.box.id) ?? {}) }));
  return {
    width: Math.ceil((placed.width ?? 0) + 2 * margin),
    height: Math.ceil((placed.height ?? 0) + headHeight + margin),
    boxes,
    lines: new Map(cornersOf(placed)),
    heads: headsAt(boxes, columns),
  };
}

/** The maximum number of lines that begin or end at a box separately. If there are more, they share a trunk. */
const mostLines = 7;

/** The boxes whose outgoing or incoming lines share one trunk. */
function trunksOf(lines: Picture['lines']): {
  readonly out: ReadonlySet<string>;
  readonly in: ReadonlySet<string>;
} {
  const many = (ids: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts].filter(([, count]) => count > mostLines).map(([id]) => id);
  };
  const ways = lines.filter(({ layer }) => layer === 'traffic');
  return {
    out: new Set([...ways.map(({ from }) => from), ...many(lines.map(({ from }) => from))]),
    in: new Set(many(lines.map(({ to }) => to))),
  };
}

function port(box: string, side: 'EAST' | 'WEST') {
  return { id: `${side} ${box}`, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

function shifted({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Point {
  return { x: Math.round(x + margin), y: Math.round(y + headHeight) };
}

function cornersOf({ edges = [] }: ElkNode): [string, Point[]][] {
  return edges.map(({ id, sections = [] }) => [
    id,
    sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
      [startPoint, ...bendPoints, endPoint].map(shifted),
    ),
  ]);
}

/** Makes all boxes of a column as wide as the widest one. */
function equalColumns(shapes: readonly BoxShape[], { of }: PictureColumns): BoxShape[] {
  const widths = new Map<number, number>();
  for (const { box, width } of shapes) {
    const column = of.get(box.id) ?? 0;
    widths.set(column, Math.max(width, widths.get(column) ?? 0));
  }
  return shapes.map((shape) => shape.widened(widths.get(of.get(shape.box.id) ?? 0) ?? shape.width));
}

function headsAt(boxes: PictureLayout['boxes'], { of, heads }: PictureColumns): PictureLayout['heads'] {
  return heads.flatMap((text, column) => {
    const own = boxes.filter(({ box }) => of.get(box.id) === column).map(({ x }) => x);
    const isRepeated = text === heads[column - 1];
    return text === '' || isRepeated || own.length === 0 ? [] : [{ text, x: Math.min(...own), y: 18 }];
  });
}

/**
 * An optional peer dependency. It is loaded only for a report with a picture, and is not part of the bundle that
 * every command loads.
 */
const layoutPackage = 'elkjs/lib/elk.bundled.js';

function loadElk(): ELK {
  try {
    const Elk = require(layoutPackage) as new () => ELK;
    return new Elk();
  } catch (error) {
    throw (error as { code?: string }).code === 'MODULE_NOT_FOUND' ? new MissingLayout() : error;
  }
}
