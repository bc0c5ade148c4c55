import type { KubernetesObject } from '../../../../documents/kubernetes';
import type { Topology } from '../../../../documents/topology';
import { podKinds } from '../../../../kubernetes/kinds';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { type ChangedConnection, changedConnections } from '../../../flows/changed';
import { isPolicy, readPolicy } from '../../../flows/policy';
import { analyse, type Reachability } from '../../../flows/reachability';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';

/** Computes the connections of the new output on first use. */
export function reachabilityOf(objects: Objects, topology: Topology): () => Reachability {
  let found: Reachability | undefined;
  return () => {
    const unreadable = new Set(unreadablePolicies(objects).map(({ object }) => object));
    found ??= analyse(
      objects.manifests.all.filter((object) => !unreadable.has(object)),
      topology,
    );
    return found;
  };
}

/** Policies that cannot be analysed, with the reason. */
function unreadablePolicies(objects: Objects): { readonly object: KubernetesObject; readonly why: string }[] {
  return objects.manifests.all.filter(isPolicy).flatMap((object) => {
    try {
      readPolicy(object);
      return [];
    } catch (error) {
      return [{ object, why: error instanceof Error ? error.message : String(error) }];
    }
  });
}

/** New policies that the API server refuses. Their connections are not reported. */
export function refusedPolicies({ head }: ObjectChanges): Consequence[] {
  return unreadablePolicies(head).map(({ object, why }) => ({
    ...{ class: 'fails', side: 'kubernetes', object: describeObject(object), field: 'spec' },
    reason: `${why}. The API server refuses the policy, and its connections are unknown here.`,
    wayOut:
      'Correct the policy, and compare again. Until then, connections are reported as if the policy did not exist.',
  }));
}

/** The fields of a workload or namespace that matter for policies. */
const seen = /^metadata\.labels|template\.metadata\.labels|\.hostNetwork$|\.ports\b|\.containers\[[^\]]+\]$/;

/** Connections that become possible or impossible. */
export function reach(
  { base, head, added, removed, changed }: ObjectChanges,
  before: () => Reachability,
  after: () => Reachability,
): Consequence[] {
  const ends: readonly string[] = ['Namespace', ...podKinds];
  const matters = [...added, ...removed].some((object) => isPolicy(object) || ends.includes(kindOf(object)));
  const mattersChanged = changed.some(
    ({ after, changes }) =>
      isPolicy(after) || (ends.includes(kindOf(after)) && changes.some(({ path }) => seen.test(path))),
  );
  if (!matters && !mattersChanged) return [];
  const { gained: opened, lost } = changedConnections(before(), after());
  const same = new Set([...head.names].filter((name) => base.names.has(name)));
  for (const { name } of changed) same.delete(name);
  // A connection that only unchanged policies allow was allowed before, too. It counts as new only because one of its
  // workloads was removed from the output.
  const gained = opened.filter(
    ({ policies, workloads }) =>
      workloads.length > 0 || policies.length === 0 || !policies.every((policy) => same.has(policy)),
  );
  const isNew = (connection: ChangedConnection) =>
    connection.workloads.find((workload) => !base.names.has(workload));
  const left = new Set(removed.filter(isPolicy).map(describeObject));
  const kept = (policies: readonly string[]) => policies.filter((policy) => left.has(policy));
  return [
    ...ofNewWorkloads(gained, isNew),
    ...gained.flatMap((connection): Consequence[] => {
      if (isNew(connection) !== undefined) return [];
      // Policies that are only in the old output isolate pods until they are deleted.
      const isIsolated = connection.policies.length === 0 && left.size > 0;
      const since = isIsolated ? ` as soon as ${[...left].sort().join(', ')} is deleted` : '';
      const reason = `The connection becomes possible${since}${by(connection)}.`;
      return [{ class: 'exposed', ...shared(connection), reason, wayOut: '' }];
    }),
    ...lost.map((connection): Consequence => {
      const still = kept(connection.policies);
      return {
        class: 'cut off',
        ...shared(connection),
        reason:
          still.length > 0
            ? `The connection becomes impossible as soon as ${still.join(', ')} is deleted. Until then the connection is allowed.`
            : 'The connection becomes impossible.',
        wayOut:
          head.manifests.of('NetworkPolicy').length === 0
            ? ''
            : 'If the connection is needed, declare it under connectsTo.',
      };
    }),
  ];
}

/** At most this many connections of a new workload are listed. */
const mostListed = 6;

/** Reports all connections of a new workload as one consequence. */
function ofNewWorkloads(
  gained: readonly ChangedConnection[],
  isNew: (connection: ChangedConnection) => string | undefined,
): Consequence[] {
  const byWorkload = new Map<string, string[]>();
  for (const connection of gained) {
    const workload = isNew(connection);
    if (workload === undefined) continue;
    const { from, to, ports } = connection;
    byWorkload.set(workload, [...(byWorkload.get(workload) ?? []), `${from} -> ${to} ${ports}`]);
  }
  return [...byWorkload].map(([object, connections]) => {
    const more = connections.length > mostListed ? `; and ${connections.length - mostListed} more` : '';
    return {
      ...{ class: 'exposed', side: 'kubernetes', object, field: '', wayOut: '' },
      reason: `The workload is new, and the policies allow ${connections.slice(0, mostListed).join('; ')}${more}.`,
    };
  });
}

function shared({ from, to, ports }: ChangedConnection) {
  return { side: 'kubernetes' as const, object: `${from} -> ${to}`, field: ports };
}

function by({ policies }: ChangedConnection): string {
  return policies.length === 0 ? ', because no policy isolates either end' : `, by ${policies.join(' and ')}`;
}
