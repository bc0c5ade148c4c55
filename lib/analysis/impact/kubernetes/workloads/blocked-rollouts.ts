import type { KubernetesObject } from '../../../../documents/kubernetes';
import { objectKey } from '../../../../kubernetes/objects/object-key';
import type { StartObstacle } from '../../../../kubernetes/start/start-obstacle';
import { localPath } from '../../../../kubernetes/storage/local-path';
import { type DrillCluster, readDrillCluster } from '../../../drill/cluster/cluster';
import type { DrillWorkload, SpreadRule } from '../../../drill/cluster/workload';
import { TooLarge } from '../../../drill/search/placements';
import { simulationOf } from '../../../drill/search/simulation';
import type { ObjectChanges } from '../objects';
import type { KnownNodes } from './known-nodes';

/**
 * Rolling updates that can never finish: the placement rules of the old and new pods leave no node for a new pod, and
 * the old pods stay until a new pod is ready. Searches the possible placements in the same way as the drill.
 */
export function blockedRollouts(
  { base, head }: ObjectChanges,
  nodes: KnownNodes,
): (object: KubernetesObject) => StartObstacle | undefined {
  const { after } = nodes;
  if (after === undefined || after.length === 0) return () => undefined;
  const facts = { nodes: after, defaultStorageClass: localPath };
  let clusters: RolloutClusters | undefined;
  return (object) => {
    if (head.manifests.pods.madeBy(object)?.object.kind !== 'Deployment') return undefined;
    clusters ??= {
      old: withKeys(readDrillCluster(base.manifests.all, facts)),
      now: withKeys(readDrillCluster(head.manifests.all, facts)),
    };
    const key = objectKey(object);
    const [old, now] = [clusters.old.byKey.get(key), clusters.now.byKey.get(key)];
    if (old === undefined || now === undefined) return undefined;
    return isBlocked(old, now, clusters) ? obstacleOf(now, old) : undefined;
  };
}

/** A cluster, and its workloads by the keys of their objects. */
interface KeyedCluster {
  readonly cluster: DrillCluster;
  readonly byKey: ReadonlyMap<string, DrillWorkload>;
}

interface RolloutClusters {
  readonly old: KeyedCluster;
  readonly now: KeyedCluster;
}

function withKeys(cluster: DrillCluster): KeyedCluster {
  // If several objects have the same key, the first one is used.
  const keyed = cluster.workloads.map((each) => [objectKey(each.object), each] as const);
  return { cluster, byKey: new Map(keyed.reverse()) };
}

function isBlocked(old: DrillWorkload, now: DrillWorkload, clusters: RolloutClusters): boolean {
  const rules = repelling(old, now);
  const isModelled = old.unmodelled.length + now.unmodelled.length === 0;
  if (now.strategy?.kind !== 'RollingUpdate' || now.replicas === 0 || !isModelled) return false;
  if (rules.length + now.spread.length === 0) return false;
  try {
    const before = simulationOf(old, clusters.old.cluster);
    const after = simulationOf({ ...now, spread: [...now.spread, ...rules] }, clusters.now.cluster);
    return !after.mayReplace(before);
  } catch (error) {
    if (error instanceof TooLarge) return false;
    throw error;
  }
}

/**
 * The anti-affinity rules that only the old pods have. As long as an old pod runs, its rules keep new pods away, too.
 */
function repelling(old: DrillWorkload, now: DrillWorkload): SpreadRule[] {
  const kept = new Set(now.spread.map(({ kind, topologyKey }) => `${kind} ${topologyKey}`));
  return old.spread
    .filter(({ kind, topologyKey, perRevision }) => {
      return kind === 'anti-affinity' && !perRevision && !kept.has(`${kind} ${topologyKey}`);
    })
    .map((rule) => ({ ...rule, isOfReplaced: true }));
}

function obstacleOf(now: DrillWorkload, old: DrillWorkload): StartObstacle {
  const rule = [...now.spread, ...repelling(old, now)].sort(hardestFirst)[0];
  const what = rule?.kind === 'spread' ? 'topology spread' : 'anti-affinity';
  return {
    ...{ stage: 'unplaced', key: `blocked ${objectKey(now.object)}` },
    path: rule?.field.path ?? now.podPath,
    reason: `the ${what} leaves no node for a new pod as long as the old pods run, and the old pods run until a new one is ready`,
    wayOut:
      'Let the rollout stop a pod first: maxSurge: 0 and maxUnavailable: 1. Or count the pods of each revision separately: matchLabelKeys: [pod-template-hash].',
  };
}

function hardestFirst(a: SpreadRule, b: SpreadRule): number {
  return Number(b.kind === 'anti-affinity') - Number(a.kind === 'anti-affinity');
}
