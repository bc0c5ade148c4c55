import type { FlowCluster } from './cluster';
import type { Endpoint, PodMember } from './endpoint';
import type { Network } from './network';
import type { PodIdentities } from './pod-identity';
import { type AllowedBy, type AllowedConnection, connectionsOf } from './reachability';

/** One of the two outputs that are compared. */
export interface ComparedSide {
  readonly cluster: FlowCluster;
  readonly network: Network;
}

/**
 * The connections of two outputs, without the peers that cannot be compared:
 *
 * - workloads that only the first output has;
 * - pods without a manifest that only one output distinguishes: pods of a namespace that the other output does not
 * mention, and pods with the labels of a workload of the other output;
 * - workloads that change between the host network and the pod network, if no policy isolates the other end of the
 * connection.
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
  const isComparedAlone = ({ workload }: PodMember): boolean =>
    workload === undefined || !moved.has(workload);
  return [
    connectionsOf(before.network).flatMap((each) =>
      filtered(each, (pod) => isCompared(pod) && isKept(pod), isComparedAlone),
    ),
    connectionsOf(after.network).flatMap((each) => filtered(each, isCompared, isComparedAlone)),
  ];
}

/** The identities of pods without a manifest. */
function undescribed({ network }: ComparedSide, identities: PodIdentities): Set<string> {
  return new Set(
    network.pods.all.flatMap(({ namespace, labels, workload }) =>
      workload === undefined ? identities.of({ namespace, labels: Object.fromEntries(labels) }) : [],
    ),
  );
}

/** The workloads that use the host network in exactly one of the outputs. */
function movedWorkloads(before: FlowCluster, after: FlowCluster): Set<string> {
  const old = new Map(before.workloads.map(({ object, isOnHostNetwork }) => [object, isOnHostNetwork]));
  const moved = after.workloads.filter(({ object, isOnHostNetwork }) => old.get(object) === !isOnHostNetwork);
  return new Set(moved.map(({ object }) => object));
}

/** The namespaces that have workloads in the first output and are not mentioned in the second. */
function ownNamespaces({ workloads }: FlowCluster, { described }: FlowCluster): string[] {
  return workloads.flatMap(({ namespace, isOnHostNetwork }) =>
    isOnHostNetwork || described.has(namespace) ? [] : namespace,
  );
}

/** @param isComparedAlone whether to compare a pod even if no policy isolates the other end */
function filtered(
  connection: AllowedConnection,
  isCompared: (pod: PodMember) => boolean,
  isComparedAlone: (pod: PodMember) => boolean,
): AllowedConnection[] {
  const { egress, ingress } = connection.allowedBy;
  const ends = [
    [connection.from, ingress],
    [connection.to, egress],
  ] as const;
  const [from, to] = ends.map(([end, other]) => endOf(end, other, isCompared, isComparedAlone));
  return from === undefined || to === undefined ? [] : [{ ...connection, from, to }];
}

function endOf(
  end: Endpoint,
  other: AllowedBy,
  isCompared: (pod: PodMember) => boolean,
  isComparedAlone: (pod: PodMember) => boolean,
): Endpoint | undefined {
  if (end.kind === 'addresses') return end;
  const pods = end.pods.filter(
    (pod) => isCompared(pod) && (other !== 'not isolated' || isComparedAlone(pod)),
  );
  return pods.length === 0 ? undefined : { ...end, pods };
}
