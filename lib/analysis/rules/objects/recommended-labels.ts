import { podKinds } from '../../../kubernetes/kinds';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const recommendedLabels = rule({
  id: 'recommended-labels',
  sentence: 'Every object has the labels part-of and managed-by, and every workload also name and component.',
  why: 'Without these labels, tools cannot group the objects of an application.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  severity: 'low',
  fix: 'Add the labels app.kubernetes.io/part-of and app.kubernetes.io/managed-by; for a workload also app.kubernetes.io/name and app.kubernetes.io/component.',
  parts: everyObject,
  faults: (object) => {
    const { labels = {} } = object.metadata;
    const wanted = [
      'part-of',
      'managed-by',
      ...((podKinds as readonly string[]).includes(kindOf(object)) ? ['name', 'component'] : []),
    ];
    return wanted.map((name) => {
      const key = `app.kubernetes.io/${name}`;
      return (labels[key] ?? '') === '' && { path: `metadata.labels${keyStep(key)}`, must: 'be set' };
    });
  },
});
