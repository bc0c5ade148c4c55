import { describeObject } from '../../../../lib/kubernetes/objects/object-key';
import type { Controllers } from '../nodes/controllers';
import type { Seen } from '../nodes/recorder';
import { type Answered, apply, changedObjects, remove, removedObjects } from '../servers/apply';
import type { Cluster } from '../servers/cluster';
import type { EditCase } from '.';

/**
 * What happened to the pods of a workload, or to the endpoints of a Service, worst first.
 *
 * - stuck: it has not the pods that it asks for, and nothing changes any more; so many are ready
 * - ended: nothing is ready any more, as the edit states
 * - outage: for a time nothing was ready
 * - fewer: for a time fewer were ready than before and after
 * - restarted: pods gave way to others, and as many were ready at every moment
 * - scaled down, scaled up: there are other numbers than before
 */
export type Effect =
  | `stuck, ${number} ready`
  | 'ended'
  | 'outage'
  | 'fewer'
  | 'restarted'
  | 'scaled down'
  | 'scaled up';

/** What the servers did with an edit. */
export interface ObservedEdit extends Answered {
  /** By object, such as `Deployment honeydue/api`. */
  readonly effects: Readonly<Record<string, Effect>>;
}

/** Applies an edit over its base, and waits until nothing changes any more. */
export async function observeEdit(
  cluster: Cluster,
  controllers: Controllers,
  { base, head }: EditCase,
): Promise<ObservedEdit> {
  cluster.recorder.begin();
  const answered = await apply(cluster, changedObjects(base, head));
  const stuck = await controllers.settle();
  const effects: Record<string, Effect> = {};
  for (const [name, seen] of cluster.recorder.read()) {
    const object = name.startsWith('Service ') ? name : controllers.nameOf(name);
    const effect = object === undefined ? undefined : effectOf(seen, object, stuck.includes(object));
    if (object !== undefined && effect !== undefined) effects[object] = effect;
  }
  return { ...answered, effects };
}

function effectOf({ before, least, now, gone }: Seen, object: string, isStuck: boolean): Effect | undefined {
  if (isStuck) return `stuck, ${now} ready`;
  if (before > 0 && now === 0) return 'ended';
  if (before > 0 && least === 0) return 'outage';
  if (object.startsWith('Service ')) return undefined;
  if (now < before) return 'scaled down';
  if (least < before) return 'fewer';
  if (now > before) return 'scaled up';
  return gone > 0 ? 'restarted' : undefined;
}

/** Brings the servers from `from` to `to`, whatever it takes. */
export async function bringTo(
  cluster: Cluster,
  controllers: Controllers,
  from: EditCase['head'],
  to: EditCase['head'],
): Promise<void> {
  const changed = changedObjects(from, to);
  if ((await apply(cluster, changed)).server === 'refused') {
    // What can't be changed back in place is made anew.
    for (const object of changed) {
      if ((await apply(cluster, [object])).server === 'accepted') continue;
      await remove(cluster, [object]);
      await apply(cluster, [object]);
    }
  }
  await remove(cluster, removedObjects(from, to));
  // A rollout back may be stuck, too: pods that repel others of their kind repel the new ones.
  const stuck = await controllers.settle();
  const anew = to.objects.flatMap(({ object }) => (stuck.includes(describeObject(object)) ? [object] : []));
  await remove(cluster, anew);
  await apply(cluster, anew);
  await controllers.settleOrThrow();
}
