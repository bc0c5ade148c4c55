import type { KubernetesObject } from '../../../../documents/kubernetes';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

interface Binding {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  }[];
}

/** New permissions on the API server. */
export function grants({ added, changed }: ObjectChanges): Consequence[] {
  return [
    ...added.flatMap((object) => (isBinding(object) ? bound(object, subjectsOf(object)) : [])),
    ...changed.flatMap(({ before, after }) => {
      if (isBinding(after)) {
        const known = subjectsOf(before);
        return bound(
          after,
          subjectsOf(after).filter((each) => !known.includes(each)),
        );
      }
      return ['Role', 'ClusterRole'].includes(kindOf(after)) ? widened(before, after) : [];
    }),
  ];
}

function isBinding(object: KubernetesObject): boolean {
  return ['RoleBinding', 'ClusterRoleBinding'].includes(kindOf(object));
}

function bound(binding: KubernetesObject, subjects: readonly string[]): Consequence[] {
  if (subjects.length === 0) return [];
  const { roleRef } = binding as Binding;
  const where =
    binding.kind === 'ClusterRoleBinding'
      ? 'the whole cluster'
      : `namespace ${binding.metadata.namespace ?? 'default'}`;
  return [
    {
      ...{
        class: 'exposed',
        side: 'kubernetes',
        object: describeObject(binding),
        field: 'subjects',
        wayOut: '',
      },
      reason: `${subjects.join(', ')} get${subjects.length === 1 ? 's' : ''} the permissions of ${roleRef?.kind} ${roleRef?.name} in ${where}.`,
    },
  ];
}

function subjectsOf(binding: KubernetesObject): string[] {
  return ((binding as Binding).subjects ?? []).map(
    ({ kind, name, namespace }) => `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
  );
}

function widened(before: KubernetesObject, after: KubernetesObject): Consequence[] {
  const rulesOf = (role: KubernetesObject) =>
    ((role['rules'] ?? []) as readonly unknown[]).map((each) => JSON.stringify(each));
  const known = rulesOf(before);
  const gained = rulesOf(after).filter((each) => !known.includes(each));
  if (gained.length === 0) return [];
  return [
    {
      ...{ class: 'exposed', side: 'kubernetes', object: describeObject(after), field: 'rules', wayOut: '' },
      reason: `The role grants more than before: ${gained.slice(0, 3).join(', ')}${gained.length > 3 ? ` and ${gained.length - 3} more` : ''}.`,
    },
  ];
}
