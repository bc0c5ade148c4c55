import { isLabelValue, isQualifiedName } from '../../../kubernetes/names';
import { keyStep, pathOf, stepsOf, valueAtSteps } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** Fields that contain labels, or a map of labels to select objects by. */
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
  sentence: 'Every label has a valid key and a valid value.',
  why: 'The API server refuses the object. A workload with an invalid label in its pod template gets no pods.',
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Shorten the label, or use an annotation.',
  parts: everyObject,
  faults: (object) =>
    places.flatMap(({ place, steps }) =>
      Object.entries((valueAtSteps(object, steps) ?? {}) as Record<string, string>).flatMap(
        ([key, value]) => [
          !isQualifiedName(key) && {
            path: pathOf(place, keyStep(key).replace(/^\./, '')),
            found: `has the key ${JSON.stringify(key)}`,
            must: 'be at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
          },
          !isLabelValue(value) && {
            path: `${place}${keyStep(key)}`,
            must: 'be at most 63 letters, digits, "-", "_" and ".", and begin and end with a letter or digit',
          },
        ],
      ),
    ),
});
