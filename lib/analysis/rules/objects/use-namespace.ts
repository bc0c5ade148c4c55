import { namespaceOf } from '../../../kubernetes/kinds';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { isClusterScoped } from '../../../kubernetes/objects/scope';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const useNamespace = rule({
  id: 'use-namespace',
  sentence: 'Every namespaced object is in a namespace other than default.',
  why: 'The namespace default has no quota and no network policies, and an object without a namespace is applied to the current namespace of the kubeconfig.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=use-namespace',
  severity: 'medium',
  fix: 'Set metadata.namespace.',
  parts: everyObject,
  faults: (object) => {
    if (isClusterScoped(kindOf(object))) return undefined;
    return [
      namespaceOf(object) === 'default' && {
        path: 'metadata.namespace',
        must: 'be set to a namespace other than default',
      },
    ];
  },
});
