import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import { isOfOthers } from '../../../kubernetes/kubernetes-schema';
import { stepsOf } from '../../../kubernetes/path';
import { describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { ChangedObject, ObjectChanges } from './objects';

/**
 * Everything of Kubernetes' side that nothing else is said of: what is new, and what changes while it runs.
 *
 * @param told the objects that something else is said of
 */
export function inPlace({ added, changed, head }: ObjectChanges, told: ReadonlySet<string>): Consequence[] {
  return [
    ...added
      .filter((object) => object.kind !== 'Job' && !told.has(describeObject(object)))
      .map((object) => made(object)),
    ...changed
      .filter(({ name }) => !told.has(name))
      .map((object) => changedInPlace(object, readersThatStay(object, head, told))),
  ];
}

function made(object: KubernetesObject): Consequence {
  return {
    ...{ class: 'in place', side: 'kubernetes', object: describeObject(object), field: '' },
    ...{ reason: 'It is new.', wayOut: '' },
  };
}

function changedInPlace({ name, after, changes }: ChangedObject, stale: readonly string[]): Consequence {
  const isSecret = after.kind === 'Secret';
  const told = changes.slice(0, 3).map((change) => (isSecret ? change.path : describeChange(change)));
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : '';
  const old =
    stale.length === 0 ? '' : ` ${stale.join(', ')} read it and keep the old values until they restart.`;
  const isPaused = (after['spec'] as { paused?: unknown } | undefined)?.paused === true;
  const paused = isPaused ? ' Its rollouts are paused, so nothing of it restarts.' : '';
  const shared = { side: 'kubernetes', object: name, field: changes[0]?.path ?? '' } as const;
  if (isOfOthers(after))
    return {
      ...{ ...shared, class: 'restarts', wayOut: '' },
      reason: `${told.join('; ')}${more}. What the controller of ${after.apiVersion} does with that is not known here: it may restart, replace or delete what it made.`,
    };
  return {
    ...{ ...shared, class: 'in place' },
    reason: `${told.join('; ')}${more}.${old}${paused}`,
    wayOut:
      stale.length === 0
        ? ''
        : `kubectl rollout restart ${stale.map(resource).join(' ')}${inNamespace(after)}`,
  };
}

function inNamespace({ metadata: { namespace } }: KubernetesObject): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}

/** `deployment/api`, as kubectl takes it beside its namespace. */
function resource(name: string): string {
  const [kind = '', path = ''] = name.split(' ');
  return `${kind.toLowerCase()}/${path.replace(/^.*\//, '')}`;
}

/** A changed ConfigMap or Secret restarts nothing by itself: whose variables are made of it, and who doesn't restart. */
function readersThatStay(
  { after, changes }: ChangedObject,
  head: ObjectChanges['head'],
  restarted: ReadonlySet<string>,
): string[] {
  if (after.kind !== 'ConfigMap' && after.kind !== 'Secret') return [];
  const { name, namespace = 'default' } = after.metadata;
  const source = after.kind === 'ConfigMap' ? 'configMap' : 'secret';
  const keys = new Set<unknown>(changes.map(({ path }) => stepsOf(path)[1]));
  return head.manifests.pods
    .of(namespace)
    .filter(({ isServing, spec, object }) => {
      const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
      return (
        isServing &&
        !restarted.has(describeObject(object)) &&
        containers.some(
          ({ env = [], envFrom = [] }) =>
            env.some(({ valueFrom }) => {
              const ref = valueFrom?.[`${source}KeyRef`];
              return ref?.name === name && keys.has(ref.key);
            }) || envFrom.some((each) => each[`${source}Ref`]?.name === name),
        )
      );
    })
    .map(({ object }) => describeObject(object));
}
