import { unresolvedMark } from '../../../documents/unresolved';
import { isQualifiedName } from '../../../kubernetes/names';
import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

/** 256 KiB, keys and values together. */
const limit = 256 * 1024;

export const annotationSyntax = rule({
  id: 'annotation-syntax',
  sentence:
    'Every annotation has a key that Kubernetes can store, and all of an object together are at most 256 KiB.',
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
        // Case doesn't matter in the key's prefix; the mark of what is unresolved is refused on purpose.
        .filter(([key]) => key !== unresolvedMark && !isQualifiedName(key.toLowerCase()))
        .map(([key]) => ({
          path: `metadata.annotations${keyStep(key)}`,
          found: `has the key ${JSON.stringify(key)}`,
          must: 'be at most 63 of letters, digits, "-", "_" and ".", with or without a DNS name and "/" before it',
        })),
      size > limit && {
        path: 'metadata.annotations',
        found: `has ${size} bytes`,
        must: `have at most ${limit}`,
      },
    ];
  },
});
