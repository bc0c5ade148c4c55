import { type Change, changes, describeValues } from '../../analysis/impact/changes';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { looksSecret } from '../../kubernetes/secrecy';
import { isByHand, isOurs, ownersOf } from '../cluster/field-owners';
import { isBelow, ownedPaths, statedPaths } from '../cluster/field-paths';
import { type LiveObject, managedFieldsOf } from '../cluster/live-object';
import { statedPart } from './stated-part';

/** A field that another manager changed after our last apply. */
export interface FieldDrift {
  readonly path: string;
  /** Such as `kubectl-edit`; empty if unknown. */
  readonly manager: string;
  /** When that manager last wrote to the object, from managedFields; empty if unknown. */
  readonly time: string;
  /** Whether a deployment resets the field or leaves it. */
  readonly outcome: 'put back' | 'left';
  /** The change as text, without values that may be secret. */
  readonly values: string;
}

/**
 * Fields that others changed on an object that we applied.
 *
 * @param result the object after a dry run of the current manifest
 * @param applied the manifest of the last revision
 */
export function driftOf(
  live: LiveObject,
  result: LiveObject,
  applied: KubernetesObject | undefined,
): FieldDrift[] {
  if (!managedFieldsOf(live).some(isOurs)) return [];
  const putBack = changes(asJson(statedPart(live)), asJson(statedPart(result))).flatMap((change) => {
    const owners = ownersOf(live, change.path);
    const [owner] = owners;
    const isRemoved = change.before === undefined && isStated(applied, change);
    if (owners.some(isOurs) || (owner === undefined && !isRemoved)) return [];
    const { manager = '', time = '' } = owner ?? {};
    return [{ path: change.path, manager, time, outcome: 'put back' as const, values: shownChange(change) }];
  });
  return [...putBack, ...added(live, result)];
}

/** Whether the last revision set a field that is now missing. */
function isStated(applied: KubernetesObject | undefined, { path }: Change): boolean {
  const stated = applied === undefined ? [] : statedPaths(applied);
  return stated.some((each) => isBelow(each, path) || isBelow(path, each));
}

/** Fields that people set with kubectl and that no manifest sets: an apply leaves them. */
function added(live: LiveObject, result: LiveObject): FieldDrift[] {
  const own = managedFieldsOf(result)
    .filter(isOurs)
    .flatMap((entry) => ownedPaths(result, entry));
  return managedFieldsOf(live)
    .filter(isByHand)
    .flatMap((entry) =>
      ownedPaths(live, entry)
        .filter((path) => !path.startsWith('metadata.annotations["kubectl.kubernetes.io/'))
        .filter((path) => !own.some((each) => isBelow(path, each) || isBelow(each, path)))
        .map((path) => ({
          ...{ path, manager: entry.manager ?? '', time: entry.time ?? '' },
          ...{ outcome: 'left' as const, values: 'is not described' },
        })),
    );
}

/** Paths of a container's or ConfigMap's input, which may contain a secret that a person put there. */
const given = /(^|[.\]])(env|envFrom|args|command|data|stringData|binaryData)(\[|\.|$)/;

/** A change as text. Values that may be secret are not quoted. */
export function shownChange({ path, before, after }: Change): string {
  const texts = [before, after].map((value) => JSON.stringify(value) ?? '');
  if (given.test(path) || texts.some((text) => looksSecret(text) || /"(value|args|command)":/.test(text)))
    return before === undefined ? 'is missing' : after === undefined ? 'is added' : 'has another value';
  return describeValues(before, after);
}

function asJson(object: KubernetesObject): Json {
  return object as unknown as Json;
}
