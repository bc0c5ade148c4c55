import { isLabelValue, isQualifiedName } from '../../../kubernetes/names';
import { keyStep, pathOf, stepsOf, valueAtSteps } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** Where labels stand, and selectors that are labels. */
const places = [
  'metadata.labels',
  'spec.template.metadata.labels',
  'spec.jobTemplate.metadata.labels',
  'spec.jobTemplate.spec.template.metadata.labels',
  'spec.selector.matchLabels',
  'spec.podSelector.matchLabels',
].map((place) => ({ place, steps: stepsOf(place) }));

export const labelSyntax = rule({
  id: 'label-syntax',
  sentence: 'Every label has a key and a value that Kubernetes can store.',
  why: 'The API server refuses the object, and a template with a wrong label makes no pods.',
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Shorten it, or put the text into an annotation.',
  parts: everyObject,
  faults: (object) =>
    places.flatMap(({ place, steps }) =>
      Object.entries((valueAtSteps(object, steps) ?? {}) as Record<string, string>).flatMap(
        ([key, value]) => [
          !isQualifiedName(key) && {
            path: pathOf(place, keyStep(key).replace(/^\./, '')),
            found: `has the key ${JSON.stringify(key)}`,
            must: 'be at most 63 of letters, digits, "-", "_" and ".", with or without a DNS name and "/" before it',
          },
          !isLabelValue(value) && {
            path: `${place}${keyStep(key)}`,
            must: 'be at most 63 of letters, digits, "-", "_" and ".", a letter or digit at both ends',
          },
        ],
      ),
    ),
});
