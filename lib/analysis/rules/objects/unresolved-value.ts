import { holdsUnresolved, unresolvedMark } from '../../../documents/unresolved';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** Not part of a synth: it lists unresolved values itself, and refuses them with `--strict`. */
export const unresolvedValue = rule({
  id: 'unresolved-value',
  sentence: 'No object has an unresolved value.',
  why: 'A pod with a placeholder does not start. The API server refuses the object because its annotation key is invalid.',
  source: 'docs/adr/0006-unresolved-values.md',
  severity: 'high',
  fix: 'Find the values with the commands at the top of the file, and set them in the configuration.',
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
