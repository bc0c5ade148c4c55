import { holdsUnresolved, unresolvedMark } from '../../../documents/unresolved';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** Not among the rules of a synth, which lists what is unresolved and refuses it under `--strict`. */
export const unresolvedValue = rule({
  id: 'unresolved-value',
  sentence: 'No object holds a value that nobody knows yet.',
  why: 'A placeholder starts no pod, and the API server refuses the whole object for its mark.',
  source: 'docs/adr/0006-unresolved-values.md',
  severity: 'high',
  fix: 'Find the values out by the commands on top of the file, and state them in the configuration.',
  rare: true,
  parts: everyObject,
  faults: (object) =>
    holdsUnresolved(object)
      ? [
          {
            path: `metadata.annotations${keyStep(unresolvedMark)}`,
            message: 'the object holds an unresolved value',
          },
        ]
      : [],
});
