import { type Change, changes, describeValues } from '../../analysis/impact/changes';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { looksSecret } from '../../kubernetes/secrecy';
import { isByHand, isOurs, ownersOf } from '../cluster/field-owners';
import { isBelow, ownedPaths, statedPaths } from '../cluster/field-paths';
import { type LiveObject, managedFieldsOf } from '../cluster/live-object';
import { statedPart } from './stated-part';

/** A field that someone else changed since our last apply. */
export interface FieldDrift {
  readonly path: string;
  /** Such as `kubectl-edit`; empty where nothing records it. */
  readonly manager: string;
  /** When that manager last wrote to the object, as the API server states it; empty where nothing records it. */
  readonly time: string;
  /** What a deployment does with it. */
  readonly outcome: 'put back' | 'left';
  /** The values, as a message may show them. */
  readonly values: string;
}

/**
 * What others changed of an object that we applied.
 *
 * @param result what the API server makes of the manifest now
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

/** Whether the last revision stated a field that is gone. */
function isStated(applied: KubernetesObject | undefined, { path }: Change): boolean {
  const stated = applied === undefined ? [] : statedPaths(applied);
  return stated.some((each) => isBelow(each, path) || isBelow(path, each));
}

/** What people wrote with kubectl into fields that no manifest states: an apply leaves it. */
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

/** Paths to what a container or a configuration is given: a person may have put a secret there. */
const given = /(^|[.\]])(env|envFrom|args|command|data|stringData|binaryData)(\[|\.|$)/;

/** A change as a message may show it: values that containers are given are not quoted. */
export function shownChange({ path, before, after }: Change): string {
  const texts = [before, after].map((value) => JSON.stringify(value) ?? '');
  if (given.test(path) || texts.some((text) => looksSecret(text) || /"(value|args|command)":/.test(text)))
    return before === undefined ? 'is missing' : after === undefined ? 'is added' : 'has another value';
  return describeValues(before, after);
}

function asJson(object: KubernetesObject): Json {
  return object as unknown as Json;
}
