import { describeObject } from '../../kubernetes/objects/object-key';
import { cloudflareBox } from './cloudflare';
import { connectionsOfPods } from './connections';
import { entrancesOf } from './entrances';
import { nodesBox } from './nodes';
import type { Picture, PictureBox, PictureLine } from './picture';
import type { PictureSources } from './sources';
import { boxIdOf, workloadBoxes } from './workloads';

/** Draws the picture of an output: the path of a request, and all connections that pods may open. */
export function drawPicture(sources: PictureSources): Picture {
  const { boxes, lines, remarks } = drawObjects(sources);
  const ids = new Map(sources.drill.workloads.map((each) => [describeObject(each.object), boxIdOf(each)]));
  const idOf = (id: string) => ids.get(id) ?? id;
  return {
    boxes: boxes.map((box) => ({ ...box, id: idOf(box.id) })),
    lines: lines.map((line) => {
      const [from, to] = [idOf(line.from), idOf(line.to)];
      return { ...line, id: `${from} -> ${to}`, from, to };
    }),
    remarks,
  };
}

/** Draws the picture, with the object names of workloads as ids. */
function drawObjects(sources: PictureSources): Picture {
  const [cloudflare, nodes] = [cloudflareBox(sources), nodesBox(sources)];
  const entrances = entrancesOf(sources);
  const pods = connectionsOfPods(sources);
  const requestPath = [
    ...(entrances.boxes.length === 0 ? [] : [visitor]),
    ...(cloudflare === undefined ? [] : [cloudflare]),
    ...(nodes === undefined ? controllers(entrances.classes) : [nodes]),
  ];
  const boxes = [...requestPath, ...entrances.boxes, ...workloadBoxes(sources), ...pods.boxes];
  const known = new Set(boxes.map(({ id }) => id));
  const lines = [...requestLines(requestPath, entrances.boxes), ...entrances.lines, ...pods.lines];
  return {
    boxes: boxes.map((box) => ({ ...box, ports: portsOfBox(box, lines) })),
    lines: lines.filter(({ from, to }) => known.has(from) && known.has(to)),
    remarks: pods.remarks,
  };
}

const visitor: PictureBox = {
  ...{ id: 'visitor', kind: 'visitor', layer: 'traffic', title: 'Visitor', details: [], parts: [] },
  ...{ objects: [], claims: [], secrets: [], volumes: [], ports: [] },
};

/** One box for the ingress controllers, if the nodes are unknown. */
function controllers(classes: readonly string[]): PictureBox[] {
  return classes.slice(0, 1).map((first) => ({
    ...visitor,
    id: 'controller',
    kind: 'controller',
    title: classes.length === 1 ? first : `${classes.length} ingress classes`,
    details: ['ingress class'],
  }));
}

/** The lines from the visitor to the Services. Each box is connected to the next one. */
function requestLines(requestPath: readonly PictureBox[], entrances: readonly PictureBox[]): PictureLine[] {
  const line = (from: PictureBox, to: PictureBox): PictureLine => ({
    ...{ id: `${from.id} -> ${to.id}`, from: from.id, to: to.id, layer: 'traffic', ports: '' },
    claims: [],
  });
  const last = requestPath.at(-1);
  return [
    ...requestPath.slice(1).flatMap((to, index) => {
      const from = requestPath[index];
      return from === undefined ? [] : [line(from, to)];
    }),
    ...(last === undefined ? [] : entrances.map((entrance) => line(last, entrance))),
  ];
}

/** The ports of a box, including the ports of the lines that end at the box. */
function portsOfBox({ id, ports }: PictureBox, lines: readonly PictureLine[]): string[] {
  const reached = lines.filter((line) => line.to === id && line.ports !== '').map((line) => line.ports);
  return [...new Set([...ports, ...reached])];
}
