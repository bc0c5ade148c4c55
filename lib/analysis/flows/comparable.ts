import type { FlowCluster } from './cluster';
import type { Endpoint, PodMember } from './endpoint';
import type { Network } from './network';
import type { PodIdentities } from './pod-identity';
import { type AllowedBy, type AllowedConnection, connectionsOf } from './reachability';

/** What an output lets through, and the cluster that it describes. */
export interface ComparedSide {
  readonly cluster: FlowCluster;
  readonly network: Network;
}

/**
 * The connections of two outputs without the peers of which a comparison says nothing:
 *
 * - a workload that is gone, whose connections went with it;
 * - pods that no document describes and that only one output has: those of a namespace that the other doesn't know, and
 *   those with labels that pods of a workload have in the other;
 * - a workload that moves to its node's network or from it, where the policies of the other end don't decide: a policy
 *   neither isolates such pods nor selects them as peers, and nothing else keeps them from connecting.
 */
export function comparable(
  before: ComparedSide,
  after: ComparedSide,
  identities: PodIdentities,
): [AllowedConnection[], AllowedConnection[]] {
  const kept = new Set(after.cluster.workloads.map(({ object }) => identities.ofWorkload(object)));
  const moved = movedWorkloads(before.cluster, after.cluster);
  const oneSided = new Set([
    ...ownNamespaces(before.cluster, after.cluster),
    ...ownNamespaces(after.cluster, before.cluster),
  ]);
  const [old, now] = [undescribed(before, identities), undescribed(after, identities)];
  const isCompared = (pod: PodMember): boolean => {
    if (pod.workload !== undefined) return true;
    const key = identities.of(pod);
    return !oneSided.has(pod.namespace) && old.has(key) && now.has(key);
  };
  const isKept = ({ workload }: PodMember): boolean =>
    workload === undefined || kept.has(identities.ofWorkload(workload));
  const stays = ({ workload }: PodMember): boolean => workload === undefined || !moved.has(workload);
  return [
    connectionsOf(before.network).flatMap((each) =>
      filtered(each, (pod) => isCompared(pod) && isKept(pod), stays),
    ),
    connectionsOf(after.network).flatMap((each) => filtered(each, isCompared, stays)),
  ];
}

/** The pods of an output that no document describes, by what tells them apart. */
function undescribed({ network }: ComparedSide, identities: PodIdentities): Set<string> {
  return new Set(
    network.pods.all.flatMap(({ namespace, labels, workload }) =>
      workload === undefined ? identities.of({ namespace, labels: Object.fromEntries(labels) }) : [],
    ),
  );
}

/** The workloads that are on their node's network in one output alone. */
function movedWorkloads(before: FlowCluster, after: FlowCluster): Set<string> {
  const old = new Map(before.workloads.map(({ object, isOnHostNetwork }) => [object, isOnHostNetwork]));
  const moved = after.workloads.filter(({ object, isOnHostNetwork }) => old.get(object) === !isOnHostNetwork);
  return new Set(moved.map(({ object }) => object));
}

/** The namespaces with workloads of one output that the other knows nothing of. */
function ownNamespaces({ workloads }: FlowCluster, { described }: FlowCluster): string[] {
  return workloads.flatMap(({ namespace, isOnHostNetwork }) =>
    isOnHostNetwork || described.has(namespace) ? [] : namespace,
  );
}

/** @param stays whether a pod is compared where the policies of the other end decide nothing */
function filtered(
  connection: AllowedConnection,
  isCompared: (pod: PodMember) => boolean,
  stays: (pod: PodMember) => boolean,
): AllowedConnection[] {
  const { egress, ingress } = connection.allowedBy;
  const ends = [
    [connection.from, ingress],
    [connection.to, egress],
  ] as const;
  const [from, to] = ends.map(([end, other]) => endOf(end, other, isCompared, stays));
  return from === undefined || to === undefined ? [] : [{ ...connection, from, to }];
}

function endOf(
  end: Endpoint,
  other: AllowedBy,
  isCompared: (pod: PodMember) => boolean,
  stays: (pod: PodMember) => boolean,
): Endpoint | undefined {
  if (end.kind === 'addresses') return end;
  const pods = end.pods.filter((pod) => isCompared(pod) && (other !== 'not isolated' || stays(pod)));
  return pods.length === 0 ? undefined : { ...end, pods };
}
