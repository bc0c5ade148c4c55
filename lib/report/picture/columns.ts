import type { Picture, PictureBox, PictureBoxKind } from '../../analysis/picture/picture';

/** The columns of a picture, from left to right, with their headings. */
export interface PictureColumns {
  /** The index of the column, by box id. */
  readonly of: ReadonlyMap<string, number>;
  readonly heads: readonly string[];
}

/** The columns to the left of the pods, by kind of box. */
const fixed: Readonly<Partial<Record<PictureBoxKind, number>>> = {
  visitor: 0,
  edge: 1,
  nodes: 2,
  controller: 2,
  entrance: 3,
};

const headsBefore = ['Internet', 'Edge', 'Nodes', 'Services'];

/** The maximum number of columns for chains of workloads. Longer chains share the last column. */
const deepest = 4;

/**
 * Assigns boxes to columns: clients are to the left of their servers, and targets outside the cluster are at the
 * right.
 */
export function columnsOf({ boxes, lines }: Picture): PictureColumns {
  const kinds = new Map(boxes.map(({ id, kind }) => [id, kind]));
  const clients = new Map<string, string[]>();
  for (const { from, to } of lines)
    if (kinds.get(from) === 'workload' && kinds.get(to) === 'workload')
      clients.set(to, [...(clients.get(to) ?? []), from]);
  const served = new Set(lines.filter(({ layer }) => layer === 'traffic').map(({ to }) => to));
  const depths = depthsOf(boxes, clients, served);
  const most = Math.max(2, ...depths.values());
  const columnOf = ({ id, kind }: PictureBox): number =>
    fixed[kind] ?? (kind === 'workload' ? 3 + (depths.get(id) ?? 1) : 3 + most);
  const of = new Map(boxes.map((box) => [box.id, columnOf(box)]));
  return { of, heads: headsOf(boxes, of, most) };
}

/**
 * The depth of each workload: the length of the longest chain of clients before it. A workload without clients is
 * placed in the column of the workloads behind Services.
 */
function depthsOf(
  boxes: readonly PictureBox[],
  clients: ReadonlyMap<string, readonly string[]>,
  served: ReadonlySet<string>,
): Map<string, number> {
  const known = new Map<string, number>();
  const depthOf = (id: string, path: readonly string[]): number => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (path.includes(id)) return 1;
    const before = (clients.get(id) ?? []).map((client) => depthOf(client, [...path, id]) + 1);
    const depth = Math.min(deepest, Math.max(served.has(id) ? 1 : 0, ...before));
    known.set(id, depth);
    return depth;
  };
  const workloads = boxes.filter(({ kind }) => kind === 'workload');
  for (const { id } of workloads) depthOf(id, []);
  const leadsTo = new Set([...clients].filter(([id]) => known.get(id) === 1).flatMap(([, from]) => from));
  for (const { id } of workloads) if (known.get(id) === 0 && !leadsTo.has(id)) known.set(id, 1);
  return known;
}

function headsOf(
  boxes: readonly PictureBox[],
  of: ReadonlyMap<string, number>,
  most: number,
): readonly string[] {
  const kindsIn = (column: number) =>
    new Set(boxes.filter(({ id }) => of.get(id) === column).map(({ kind }) => kind));
  return Array.from({ length: 4 + most }, (_, column) => {
    const kinds = kindsIn(column);
    if (kinds.size === 0) return '';
    if (column === 3) return kinds.has('entrance') ? 'Services' : 'Pods';
    if (column < 3) return headsBefore[column] ?? '';
    return column === 3 + most && [...kinds].some((kind) => kind !== 'workload') ? 'Reached by pods' : 'Pods';
  });
}
