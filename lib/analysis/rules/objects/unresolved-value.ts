import { holdsUnresolved, unresolvedMark } from '../../../documents/unresolved';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** A synth does not run this rule: it lists unresolved values itself, and refuses them with `--strict`. */
export const unresolvedValue = rule({
  id: 'unresolved-value',
  sentence: 'No object has an unresolved value.',
  why: 'The object has a placeholder instead of a value. It also has an annotation with an invalid key, so that the API server refuses the object.',
  source: 'docs/adr/0006-unresolved-values.md',
  severity: 'high',
  fix: 'Get the values with the commands at the top of the manifest file, and set them in the configuration.',
  rare: true,
  parts: everyObject,
  faults: (object) =>
    holdsUnresolved(object)
      ? [
          {
            path: `metadata.annotations${keyStep(unresolvedMark)}`,
            message: 'the object has an unresolved value',
          },
        ]
      : [],
});
