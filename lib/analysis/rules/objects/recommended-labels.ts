import { podKinds } from '../../../kubernetes/kinds';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const recommendedLabels = rule({
  id: 'recommended-labels',
  sentence:
    'Every object says what it is a part of and what manages it, and what makes pods its name and component too.',
  why: 'Nobody finds what belongs together, and no tool shows it so.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  severity: 'low',
  fix: 'Add the labels app.kubernetes.io/part-of and managed-by, and of workloads name and component.',
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
      return (labels[key] ?? '') === '' && { path: `metadata.labels${keyStep(key)}`, must: 'be stated' };
    });
  },
});
