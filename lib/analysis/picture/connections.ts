import { append } from '../../documents/append';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { Endpoint } from '../flows/endpoint';
import { difference, union } from '../flows/intervals';
import { describePorts, everyPort, portsOf } from '../flows/ports';
import type { AllowedConnection } from '../flows/reachability';
import type { PictureBox, PictureClaim, PictureLine } from './picture';
import { policyClaims } from './policy-claims';
import type { NamedTarget, PictureSources } from './sources';

/**
 * The connections that policies allow from the pods of workloads, and the boxes of the targets that are not
 * workloads.
 */
export interface PodConnections {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  readonly remarks: readonly PictureClaim[];
}

const dns = 53;

/** All connections that the pods of each workload may open. */
export function connectionsOfPods(sources: PictureSources): PodConnections {
  const boxes = new Map<string, PictureBox>();
  const lines = new Map<string, PictureLine[]>();
  const remarks = new Map<string, PictureClaim>();
  for (const connection of sources.connections) {
    if (isOpen(connection)) continue;
    for (const from of workloadsIn(connection.from)) {
      if (isDns(connection)) {
        for (const claim of egressClaims(sources, connection))
          remarks.set(claim.sentence, { ...claim, sentence: 'All pods may query the cluster DNS.' });
        continue;
      }
      for (const { box, port } of targetsOfConnection(sources, connection, from)) {
        if (box.id === from) continue;
        if (!boxes.has(box.id)) boxes.set(box.id, box);
        append(lines, `${from} -> ${box.id}`, {
          ...{ id: `${from} -> ${box.id}`, from, to: box.id, layer: 'connections', ports: port },
          claims: claimsOf(sources, connection),
        });
      }
    }
  }
  return {
    boxes: [...boxes.values()].filter(({ kind }) => kind !== 'workload'),
    lines: [...lines.values()].flatMap(mergeLines),
    remarks: [...remarks.values()].slice(0, 1),
  };
}

/** Merges the connections between two boxes into one line. */
function mergeLines(lines: readonly PictureLine[]): PictureLine[] {
  const [first] = lines;
  if (first === undefined) return [];
  const ports = [...new Set(lines.map((line) => line.ports))].join(', ');
  const claims = new Map(lines.flatMap((line) => line.claims).map((claim) => [claim.sentence, claim]));
  return [{ ...first, ports, claims: [...claims.values()] }];
}

/**
 * Whether every port is allowed, because no policy isolates the client or the server. Such connections are not drawn:
 * they would connect every pair of boxes.
 */
function isOpen({ ports }: AllowedConnection): boolean {
  return difference(everyPort, setOf(ports)).length === 0;
}

function setOf(ports: AllowedConnection['ports']) {
  return union(...ports.map(({ protocol, from, to }) => portsOf(protocol, from, to)));
}

function isDns({ to, ports }: AllowedConnection): boolean {
  return (
    to.kind === 'pods' &&
    to.pods.every(({ workload }) => workload === undefined) &&
    ports.every(({ from, to: last }) => from === dns && last === dns)
  );
}

function workloadsIn(end: Endpoint): string[] {
  return end.kind === 'pods' ? [...new Set(end.pods.flatMap(({ workload }) => workload ?? []))] : [];
}

function targetsOfConnection(
  { targets = [], drill }: PictureSources,
  { to, ports }: AllowedConnection,
  from: string,
): { readonly box: PictureBox; readonly port: string }[] {
  const port = shortPorts(ports);
  if (to.kind === 'pods') {
    const inside = workloadsIn(to).map((id) => ({
      box: { ...emptyBox, id, kind: 'workload' as const },
      port,
    }));
    if (inside.length > 0) return inside;
    return [{ box: { ...emptyBox, id: `pods ${to.name}`, title: to.name, details: ['pods'] }, port }];
  }
  const client = drill.workloads.find(({ object }) => describeObject(object) === from)?.name;
  const named = targets.filter(
    (target) =>
      target.workload === client &&
      ports.some((range) => range.from <= target.port && target.port <= range.to),
  );
  if (named.length > 0 && ports.every(({ from: first, to: last }) => last - first < 1))
    return named.map((target) => ({ box: externalBox(target), port: String(target.port) }));
  const nodes = new Set(drill.cluster.facts.edgeAddresses.map(({ address }) => address));
  const isNode = to.cidrs.every((cidr) => nodes.has(cidr));
  const title = isNode ? 'the nodes' : to.name;
  const details = isNode ? ['programs on the nodes'] : ['addresses'];
  return [{ box: { ...emptyBox, id: `addresses ${title}`, title, details, kind: 'addresses' }, port }];
}

const emptyBox: PictureBox = {
  ...{ id: '', kind: 'external', layer: 'connections', title: '', details: [], parts: [] },
  ...{ objects: [], claims: [], secrets: [], volumes: [], ports: [] },
};

function externalBox({ name, host, port }: NamedTarget): PictureBox {
  return {
    ...emptyBox,
    id: `external ${name}`,
    title: name,
    details: [host ?? 'host unresolved'],
    ports: [String(port)],
    objects: [name],
    claims: [
      {
        sentence: `${name} is ${host ?? 'at an unresolved host'}, port ${port}.`,
        evidence: { kind: 'configuration', path: ['external', name] },
      },
    ],
  };
}

/** Formats ports: `6379` if the protocol is TCP, otherwise `53 UDP`. */
function shortPorts(ports: AllowedConnection['ports']): string {
  if (ports.every(({ protocol }) => protocol === 'TCP'))
    return ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return describePorts(setOf(ports));
}

function egressClaims(sources: PictureSources, { allowedBy, ports }: AllowedConnection): PictureClaim[] {
  return policyClaims(sources, 'egress', allowedBy.egress, ports);
}

function claimsOf(sources: PictureSources, connection: AllowedConnection): PictureClaim[] {
  const { allowedBy, ports, to } = connection;
  return [
    ...egressClaims(sources, connection),
    ...(to.kind === 'pods' ? policyClaims(sources, 'ingress', allowedBy.ingress, ports) : []),
  ];
}
