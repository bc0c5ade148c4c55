import type { KubernetesObject } from '../../../../documents/kubernetes';
import { objectKey } from '../../../../kubernetes/objects/object-key';
import { resolvePace } from '../../../../kubernetes/rollout/rollout-pace';
import type { StartObstacle } from '../../../../kubernetes/start/start-obstacle';
import { localPath } from '../../../../kubernetes/storage/local-path';
import { type DrillCluster, readDrillCluster } from '../../../drill/cluster/cluster';
import type { DrillWorkload, SpreadRule } from '../../../drill/cluster/workload';
import { nowhere, TooLarge } from '../../../drill/search/placements';
import { beginning, rollout } from '../../../drill/search/rollout';
import { Scheduler } from '../../../drill/search/scheduler';
import { Simulation } from '../../../drill/search/simulation';
import type { ObjectChanges } from '../objects';
import type { KnownNodes } from './known-nodes';

/**
 * Rolling updates that can never finish: the placement rules of the old and new pods leave no node for a new pod, and
 * the old pods stay until a new pod is ready. Uses the search of the drill.
 */
export function blockedRollouts(
  { base, head }: ObjectChanges,
  nodes: KnownNodes,
): (object: KubernetesObject) => StartObstacle | undefined {
  const { after } = nodes;
  if (after === undefined || after.length === 0) return () => undefined;
  const facts = { nodes: after, defaultStorageClass: localPath };
  let clusters: { readonly old: DrillCluster; readonly now: DrillCluster } | undefined;
  return (object) => {
    if (head.manifests.pods.madeBy(object)?.object.kind !== 'Deployment') return undefined;
    clusters ??= {
      old: readDrillCluster(base.manifests.all, facts),
      now: readDrillCluster(head.manifests.all, facts),
    };
    const [old, now] = [workloadOf(clusters.old, object), workloadOf(clusters.now, object)];
    if (old === undefined || now === undefined) return undefined;
    return isBlocked(old, now, clusters) ? obstacleOf(now, old) : undefined;
  };
}

function workloadOf({ workloads }: DrillCluster, object: KubernetesObject): DrillWorkload | undefined {
  const key = objectKey(object);
  return workloads.find((each) => objectKey(each.object) === key);
}

function isBlocked(
  old: DrillWorkload,
  now: DrillWorkload,
  clusters: { readonly old: DrillCluster; readonly now: DrillCluster },
): boolean {
  const rules = repelling(old, now);
  const isModelled = old.unmodelled.length + now.unmodelled.length === 0;
  if (now.strategy?.kind !== 'RollingUpdate' || now.replicas === 0 || !isModelled) return false;
  if (rules.length + now.spread.length === 0) return false;
  try {
    const starts = new Simulation(old, clusters.old).rest.map(beginning);
    const scheduler = new Scheduler({ ...now, spread: [...now.spread, ...rules] }, clusters.now);
    const pace = resolvePace(now.strategy, now.replicas);
    return rollout(scheduler, pace, now.replicas, starts, nowhere).ends.length === 0;
  } catch (error) {
    if (error instanceof TooLarge) return false;
    throw error;
  }
}

/**
 * Anti-affinity of the old pods that the new ones no longer have. It applies in both directions as long as an old pod
 * runs.
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
    reason: `its ${what} leaves no node for a new pod as long as the old pods run, and the old pods run until a new one is ready`,
    wayOut:
      'Let the rollout stop a pod first: maxSurge: 0 and maxUnavailable: 1. Or count the pods of each revision separately: matchLabelKeys: [pod-template-hash].',
  };
}

function hardestFirst(a: SpreadRule, b: SpreadRule): number {
  return Number(b.kind === 'anti-affinity') - Number(a.kind === 'anti-affinity');
}
