import { everyObject } from '../parts';
import { rule } from '../rule';

export const duplicateObjects = rule({
  id: 'duplicate-objects',
  sentence: 'No two documents are the same object.',
  why: 'The later one silently overwrites the earlier, and which is later depends on the names of files.',
  source: 'ours: kubectl applies what it reads in order',
  severity: 'critical',
  fix: 'Rename one of them, or remove it.',
  parts: everyObject,
  faults: (object, manifests) => {
    const isGenerated = object.metadata['generateName'] !== undefined;
    const isRepeated = !isGenerated && manifests.same(object) !== object;
    return [
      isRepeated && {
        path: 'metadata.name',
        must: 'be its own: a later document has the same kind and name',
      },
    ];
  },
});
