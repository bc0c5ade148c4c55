import type { KubernetesObject } from '../../../documents/kubernetes';
import { inNamespace, resourceOf } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import { makesNoPods } from '../../../kubernetes/objects/podless-kinds';
import { stepsOf } from '../../../kubernetes/path';
import { isPaused } from '../../../kubernetes/rollout/rollout-strategy';
import { isOfOthers } from '../../../kubernetes/schema/kubernetes-schema';
import { describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { ChangedObject, ObjectChanges } from './objects';

/**
 * Changes that no other analysis reported: new objects, and in-place updates.
 *
 * @param reported the objects that other analyses reported
 */
export function inPlace(
  { added, changed, head }: ObjectChanges,
  reported: ReadonlySet<string>,
): Consequence[] {
  return [
    ...added
      .filter((object) => kindOf(object) !== 'Job' && !reported.has(describeObject(object)))
      .map((object) => made(object)),
    ...changed
      .filter(({ name }) => !reported.has(name))
      .map((object) => changedInPlace(object, readersThatStay(object, head, reported))),
  ];
}

function made(object: KubernetesObject): Consequence {
  return {
    ...{ class: 'in place', side: 'kubernetes', object: describeObject(object), field: '' },
    ...{ reason: 'The object is new.', wayOut: '' },
  };
}

function changedInPlace(
  { name, after, changes }: ChangedObject,
  stale: readonly KubernetesObject[],
): Consequence {
  const isSecret = after.kind === 'Secret';
  const reported = changes.slice(0, 3).map((change) => (isSecret ? change.path : describeChange(change)));
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : '';
  const old =
    stale.length === 0
      ? ''
      : ` ${stale.map(describeObject).join(', ')} read the object and keep the old values until their pods restart.`;
  const paused = isPaused(after) ? ' The rollout is paused, so no pod restarts.' : '';
  const shared = { side: 'kubernetes', object: name, field: changes[0]?.path ?? '' } as const;
  if (isOfOthers(after) && !makesNoPods(after) && changes.some(({ path }) => !isMetadata(path)))
    return {
      ...{ ...shared, class: 'restarts', wayOut: '' },
      reason: `${reported.join('; ')}${more}. The effect depends on the controller of ${after.apiVersion}, which is unknown here. That controller may restart, replace or delete the objects that it created.`,
    };
  return {
    ...{ ...shared, class: 'in place' },
    reason: `${reported.join('; ')}${more}.${old}${paused}`,
    wayOut:
      stale.length === 0
        ? ''
        : `kubectl rollout restart ${stale.map(resourceOf).join(' ')}${inNamespace(after)}`,
  };
}

/** Whether a path is a label or an annotation of the object itself. Such a change restarts no pods. */
function isMetadata(path: string): boolean {
  return /^metadata\b/.test(path);
}

/**
 * Workloads that keep the old content of a changed ConfigMap or Secret: they read it as environment variables or by
 * subPath, and do not restart.
 */
function readersThatStay(
  { after, changes }: ChangedObject,
  { manifests }: ObjectChanges['head'],
  restarted: ReadonlySet<string>,
): KubernetesObject[] {
  if (!['ConfigMap', 'Secret'].includes(kindOf(after))) return [];
  const keys = new Set<unknown>(changes.map(({ path }) => stepsOf(path)[1]));
  const readers = manifests.references
    .to(after)
    .filter(({ value: { keptKeys } }) => keptKeys === 'every' || keptKeys.some((key) => keys.has(key)));
  return [...new Set(readers.map(({ object }) => object))].filter(
    (object) => manifests.pods.madeBy(object)?.isServing === true && !restarted.has(describeObject(object)),
  );
}
