import { namespaceOf } from '../../../kubernetes/kinds';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { isClusterScoped } from '../../../kubernetes/objects/scope';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const useNamespace = rule({
  id: 'use-namespace',
  sentence: 'Every object lies in a namespace of its own.',
  why: 'What is meant for "default" has no limits and no policies, and an object without one goes wherever the person who applies it happens to be.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=use-namespace',
  severity: 'medium',
  fix: 'State metadata.namespace.',
  parts: everyObject,
  faults: (object) => {
    if (isClusterScoped(kindOf(object))) return undefined;
    return [
      namespaceOf(object) === 'default' && { path: 'metadata.namespace', must: 'be stated, and not default' },
    ];
  },
});
