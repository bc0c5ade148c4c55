import { unresolvedMark } from '../../../documents/unresolved';
import { isQualifiedName } from '../../../kubernetes/names';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** 256 KiB for the keys and values of one object. */
const limit = 256 * 1024;

export const annotationSyntax = rule({
  id: 'annotation-syntax',
  sentence: 'Every annotation key is valid, and the annotations of an object have at most 256 KiB in total.',
  why: 'The API server refuses the object.',
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Shorten the key, or put the text into a ConfigMap.',
  parts: everyObject,
  faults: ({ metadata }) => {
    const entries = Object.entries(metadata.annotations ?? {});
    const size = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0);
    return [
      ...entries
        // Upper case is valid in the prefix of an annotation key. `unresolvedMark` is invalid on purpose: no API
        // server accepts an object that has it.
        .filter(([key]) => key !== unresolvedMark && !isQualifiedName(key.toLowerCase()))
        .map(([key]) => ({
          path: `metadata.annotations${keyStep(key)}`,
          found: `has the key ${JSON.stringify(key)}`,
          must: 'be at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
        })),
      size > limit && {
        path: 'metadata.annotations',
        found: `has ${size} bytes`,
        must: `have at most ${limit}`,
      },
    ];
  },
});
