import type { PodPeer } from '../../documents/flow';
import { type AddressSet, parseCidr } from './address-set';
import { AddressSpace } from './address-space';
import type { FlowWorkload } from './cluster';
import { type ComparedSide, comparable } from './comparable';
import type { Endpoint, PodMember } from './endpoint';
import { difference, union } from './intervals';
import { Network, type OutsidePart } from './network';
import { PodIdentities } from './pod-identity';
import type { FlowPod } from './pods';
import { describePorts, type PortSet, portsOf } from './ports';
import { subtractParts } from './proof/comparison';
import type { AllowedConnection, Reachability } from './reachability';
import { describeLabels } from './selector';

/** Connections that only one of two outputs allows. */
export interface ChangedConnection {
  /** Short name of the client: pods or addresses. */
  readonly from: string;
  readonly to: string;
  /** Ports, such as `6379 TCP`. */
  readonly ports: string;
  /** The workloads at both ends, such as `Deployment shop/api`. */
  readonly workloads: readonly string[];
  /** The policies that allow the connection, in the output where it is possible. */
  readonly policies: readonly string[];
}

export interface ChangedConnections {
  readonly gained: readonly ChangedConnection[];
  readonly lost: readonly ChangedConnection[];
}

/**
 * Connections that become possible or impossible from one output to the next. `PodIdentities` matches the pods of
 * both outputs, and `comparable` leaves out peers that cannot be compared.
 */
export function changedConnections(before: Reachability, after: Reachability): ChangedConnections {
  const topology = after.topology;
  const pods = [before, after].flatMap(({ cluster }) => new Network(cluster, topology).pods.all);
  const peers = pods.filter(({ workload }) => workload === undefined).map(peerOf);
  const numbered = pods.filter(({ part }) => part !== undefined).map(peerOf);
  // A namespace that loses its last policy still has its pods, so their connections are compared in both outputs.
  const described = new Set([...before.cluster.described, ...after.cluster.described]);
  const identities = new PodIdentities(before.cluster, after.cluster);
  const sideOf = ({ cluster }: Reachability): ComparedSide => ({
    cluster,
    network: new Network({ ...cluster, described }, topology, peers, numbered),
  });
  const [old, now] = comparable(sideOf(before), sideOf(after), identities);
  const workloadsByName = new Map(
    [...before.cluster.workloads, ...after.cluster.workloads].map((workload) => [workload.object, workload]),
  );
  const keyed = (connections: readonly AllowedConnection[]) =>
    new Map(connections.map((each) => [connectionKey(each, identities), each]));
  const [oldKeys, nowKeys] = [keyed(old), keyed(now)];
  const [onlyOld, onlyNow] = [missingIn(oldKeys, nowKeys), missingIn(nowKeys, oldKeys)];
  const groups = new ChangedGroups([...onlyOld, ...onlyNow], workloadsByName, identities);
  const space = new AddressSpace(topology);
  return {
    gained: subtract(onlyNow, onlyOld, groups, space),
    lost: subtract(onlyOld, onlyNow, groups, space),
  };
}

/** Selects pods that one output distinguishes, so that the other output distinguishes them, too. */
function peerOf({ namespace, labels }: FlowPod): PodPeer {
  return { kind: 'pods', namespace, labels: Object.fromEntries(labels) };
}

/** The workloads of both outputs, by their object names. */
type WorkloadsByName = ReadonlyMap<string, FlowWorkload>;

function connectionKey({ from, to, ports }: AllowedConnection, identities: PodIdentities): string {
  const ranges = ports.map((range) => `${range.protocol}${range.from}-${range.to}`).join();
  return [endKey(from, identities), endKey(to, identities), ranges].join('\n');
}

function endKey(end: Endpoint, identities: PodIdentities): string {
  return (end.kind === 'pods' ? end.pods.map((pod) => identities.of(pod)) : [...end.cidrs]).sort().join();
}

function missingIn(
  these: ReadonlyMap<string, AllowedConnection>,
  others: ReadonlyMap<string, AllowedConnection>,
): AllowedConnection[] {
  return [...these].flatMap(([key, connection]) => (others.has(key) ? [] : [connection]));
}

/** Groups pods that have the same changed connections, so that each change is reported once. */
class ChangedGroups {
  private readonly groupOf = new Map<string, string>();
  private readonly members = new Map<string, Map<string, PodMember>>();

  constructor(
    connections: readonly AllowedConnection[],
    private readonly workloadsByName: WorkloadsByName,
    private readonly identities: PodIdentities,
  ) {
    const found = new Map<string, { ends: number[]; member: PodMember }>();
    connections
      .flatMap(({ from, to }) => [from, to])
      .forEach((end, index) => {
        for (const member of end.kind === 'pods' ? end.pods : []) {
          const key = identities.of(member);
          const known = found.get(key);
          if (known === undefined) found.set(key, { ends: [index], member });
          else known.ends.push(index);
        }
      });
    for (const [key, { ends, member }] of found) {
      const group = ends.join();
      this.groupOf.set(key, group);
      const members = this.members.get(group) ?? new Map<string, PodMember>();
      this.members.set(group, members.set(key, member));
    }
  }

  of(members: readonly PodMember[]): Set<string> {
    return new Set(members.map((member) => this.groupOf.get(this.identities.of(member)) ?? ''));
  }

  workloads(group: string): string[] {
    return this.all(group).flatMap(({ workload }) => workload ?? []);
  }

  name(group: string): string {
    const names = this.all(group)
      .map((member) => nameOfPod(member, this.workloadsByName))
      .sort();
    return names.length <= 4
      ? names.join(', ')
      : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  }

  private all(group: string): PodMember[] {
    return [...(this.members.get(group)?.values() ?? [])];
  }
}

function nameOfPod(
  { namespace, labels, workload, part }: PodMember,
  workloadsByName: WorkloadsByName,
): string {
  if (workload !== undefined) {
    const name = labels['app.kubernetes.io/name'] ?? workloadsByName.get(workload)?.name ?? workload;
    return part === undefined ? name : `${name} (${part})`;
  }
  const where = namespace === '*' ? 'other namespaces' : namespace;
  const own = describeLabels(new Map(Object.entries(labels)));
  return own === '' ? `any other pod of ${where}` : `${where} ${own}`;
}

/**
 * Connections between a group of pods and another group, or between a group and addresses. `undefined` is the end
 * with addresses.
 */
interface Relation {
  readonly from: string | undefined;
  readonly to: string | undefined;
  ports: PortSet;
  parts: OutsidePart[];
  readonly policies: Set<string>;
}

function relationsOf(
  connections: readonly AllowedConnection[],
  groups: ChangedGroups,
): Map<string, Relation> {
  const relations = new Map<string, Relation>();
  for (const { from, to, ports, allowedBy } of connections) {
    const set = union(...ports.map((range) => portsOf(range.protocol, range.from, range.to)));
    const addresses = [from, to].flatMap((end) => (end.kind === 'addresses' ? [addressesOf(end.cidrs)] : []));
    for (const opening of from.kind === 'pods' ? groups.of(from.pods) : [undefined]) {
      for (const answering of to.kind === 'pods' ? groups.of(to.pods) : [undefined]) {
        const key = `${opening}\n${answering}`;
        const relation = relations.get(key) ?? {
          ...{ from: opening, to: answering, ports: [], parts: [] },
          policies: new Set<string>(),
        };
        relations.set(key, relation);
        if (addresses.length === 0) relation.ports = union(relation.ports, set);
        relation.parts.push(...addresses.map((part) => ({ addresses: part, ports: set })));
        for (const side of [allowedBy.egress, allowedBy.ingress])
          if (side !== 'not isolated') for (const policy of side) relation.policies.add(policy);
      }
    }
  }
  return relations;
}

/** The connections in the first list that are not in the second. */
function subtract(
  these: readonly AllowedConnection[],
  others: readonly AllowedConnection[],
  groups: ChangedGroups,
  space: AddressSpace,
): ChangedConnection[] {
  const denied = relationsOf(others, groups);
  return [...relationsOf(these, groups)].flatMap(([key, relation]): ChangedConnection[] => {
    const { from, to, policies } = relation;
    const workloads = [from, to].flatMap((group) => (group === undefined ? [] : groups.workloads(group)));
    const other = denied.get(key);
    const shared = { workloads, policies: [...policies].sort() };
    const name = (group: string | undefined, words: string) =>
      group === undefined ? words : groups.name(group);
    const ports = difference(relation.ports, other?.ports ?? []);
    const inside = ports.length === 0 ? [] : [{ words: '', ports }];
    const outside = subtractParts(relation.parts, other?.parts ?? []).flatMap((part) =>
      space.name(space.outside(part.addresses)).map((named) => ({ words: named.name, ports: part.ports })),
    );
    return [...inside, ...outside].map((part) => ({
      ...{ from: name(from, part.words), to: name(to, part.words), ports: describePorts(part.ports) },
      ...shared,
    }));
  });
}

function addressesOf(cidrs: readonly string[]): AddressSet {
  return union(...cidrs.map((cidr) => parseCidr(cidr) ?? []));
}
