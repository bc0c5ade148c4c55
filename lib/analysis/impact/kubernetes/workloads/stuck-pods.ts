import type { KubernetesObject } from '../../../../documents/kubernetes';
import { podKinds } from '../../../../kubernetes/kinds';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { resolvePace } from '../../../../kubernetes/rollout/rollout-pace';
import { rolloutStrategyOf } from '../../../../kubernetes/rollout/rollout-strategy';
import { findNodeObstacles } from '../../../../kubernetes/start/node-obstacles';
import type { StartObstacle } from '../../../../kubernetes/start/start-obstacle';
import { findStartObstacles } from '../../../../kubernetes/start/start-obstacles';
import type { Pod } from '../../../../kubernetes/workloads/pods';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';
import { blockedRollouts } from './blocked-rollouts';
import type { KnownNodes } from './known-nodes';
import { rolloutOf } from './rollout';

/** An object whose new pods never run. */
export interface StuckPods {
  readonly object: KubernetesObject;
  readonly obstacles: readonly StartObstacle[];
  /** A sentence about the pods of the object that still run. */
  readonly meanwhile: string;
}

/**
 * Objects whose new pods never run, by name. An obstacle that the old output also has is ignored, because the
 * pods run in spite of the obstacle.
 *
 * @param refused the objects that the API server refuses: their pods do not start
 */
export function findStuckPods(
  found: ObjectChanges,
  nodes: KnownNodes,
  refused: ReadonlySet<string>,
): ReadonlyMap<string, StuckPods> {
  const { base, head, added, changed } = found;
  const known = namedIn(base);
  const blocked = blockedRollouts(found, nodes);
  const all = [
    ...added.map((after) => ({ name: describeObject(after), before: undefined, after, changes: [] })),
    ...changed,
  ];
  return new Map(
    all.flatMap(({ name, before, after, changes }) => {
      const pod = head.manifests.pods.madeBy(after);
      if (pod === undefined || refused.has(name)) return [];
      const old = before === undefined ? undefined : base.manifests.pods.madeBy(before);
      const isRolled =
        before !== undefined &&
        changes.some(({ path }) => path.startsWith('spec.template')) &&
        rolloutOf({ before, after }, head) !== undefined;
      const isRerun = kindOf(after) === 'CronJob' && changes.some(({ path }) => path.includes('.template.'));
      const isGrown = old !== undefined && pod.count.least > old.count.least;
      if (before !== undefined && !isRolled && !isRerun && !isGrown) return [];
      const obstacles = newObstacles(pod, old, { base, head }, nodes, isRolled).filter(
        ({ key }) => !known.has(key),
      );
      const block = isRolled ? blocked(after) : undefined;
      if (obstacles.length === 0 && block !== undefined) obstacles.push(block);
      if (obstacles.length === 0) return [];
      return [[name, { object: after, obstacles, meanwhile: meanwhile(pod, old, isRolled) }] as const];
    }),
  );
}

/** Reports the objects whose new pods never run, and which pods keep running. */
export function stuckPods(stuck: ReadonlyMap<string, StuckPods>): Consequence[] {
  return [...stuck].flatMap(([object, { obstacles, meanwhile: runs }]) =>
    obstacles.map(({ path, reason, wayOut }) => ({
      ...{ class: 'fails' as const, side: 'kubernetes' as const, object, field: path },
      reason: `${capital(reason)}. ${runs}`,
      wayOut,
    })),
  );
}

/**
 * Running pods that no node accepts again after they end, because labels or taints of the nodes changed.
 *
 * @param stuck objects whose new pods are created at once
 */
export function strandedPods(
  { base, head }: ObjectChanges,
  { before, after }: KnownNodes,
  stuck: ReadonlySet<string>,
): Consequence[] {
  if (before === undefined || after === undefined) return [];
  return head.manifests.pods.all.flatMap((pod): Consequence[] => {
    const name = describeObject(pod.object);
    const same = base.manifests.same(pod.object);
    const old = same === undefined ? undefined : base.manifests.pods.madeBy(same);
    if (old === undefined || stuck.has(name) || pod.count.most === 0) return [];
    const known = new Set(findNodeObstacles(old, base.manifests, before, undefined).map(({ key }) => key));
    return findNodeObstacles(pod, head.manifests, after, { pod: old, nodes: before })
      .filter(({ key }) => !known.has(key))
      .map(({ path, reason, wayOut }) => ({
        ...{ class: 'fails', side: 'kubernetes', object: name, field: path },
        reason: `${capital(reason)}. The current pod keeps running, but its replacement after a rollout, a drain or a node restart stays Pending.`,
        wayOut,
      }));
  });
}

function newObstacles(
  pod: Pod,
  old: Pod | undefined,
  { base, head }: { readonly base: Objects; readonly head: Objects },
  { before, after }: KnownNodes,
  isRolled: boolean,
): StartObstacle[] {
  const known =
    old === undefined
      ? []
      : findStartObstacles(old, { manifests: base.manifests, nodes: before }).map(({ key }) => key);
  const replaces = old === undefined || !isRolled ? undefined : { pod: old, nodes: before ?? [] };
  return findStartObstacles(pod, {
    ...{ manifests: head.manifests, existing: base.manifests, nodes: after, replaces },
  }).filter(({ key }) => !known.includes(key));
}

/** Objects that running pods refer to: these objects exist in the cluster, even if no manifest defines them. */
function namedIn({ manifests }: Objects): ReadonlySet<string> {
  const makers = new Set(manifests.pods.all.map(({ object }) => object));
  return new Set(
    manifests.references.all
      .filter(({ object }) => makers.has(object) && (podKinds as readonly string[]).includes(kindOf(object)))
      .map(({ value: { kind, namespace, name } }) =>
        ['PriorityClass', 'RuntimeClass'].includes(kind)
          ? `object ${kind} ${name}`
          : `object ${kind} ${namespace}/${name}`,
      ),
  );
}

/** A sentence about the pods that keep running although no new pod runs. */
function meanwhile({ object, count }: Pod, old: Pod | undefined, isRolled: boolean): string {
  if (old === undefined) return 'No pod of the object runs.';
  if (!isRolled)
    return kindOf(object) === 'CronJob'
      ? 'Each run of the CronJob fails.'
      : `The ${countOf(old.count.least)} that already run${old.count.least === 1 ? 's' : ''} keep${old.count.least === 1 ? 's' : ''} running, and the new pods never run.`;
  const strategy = rolloutStrategyOf(object);
  if (strategy?.kind !== 'RollingUpdate')
    return 'The old pods end before the new ones are created, so no pod runs after the apply.';
  if (strategy.controller === 'StatefulSet')
    return `The rollout never ends: it stops at the first pod that it replaces, and ${countOf(Math.max(0, count.least - 1))} of ${count.least} keep running.`;
  if (strategy.controller === 'DaemonSet')
    return 'The rollout never ends: it stops at the first nodes, and the old pods of the other nodes keep running.';
  const kept = Math.min(old.count.least, count.least - resolvePace(strategy, count.least).unavailable);
  return kept <= 0
    ? 'The rollout never ends, and no old pod keeps running.'
    : `The rollout never ends: ${kept} of ${countOf(old.count.least)} keep${kept === 1 ? 's' : ''} running with the old template, and no new pod runs.`;
}

function countOf(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
