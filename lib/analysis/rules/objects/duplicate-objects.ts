import { everyObject } from '../parts';
import { rule } from '../rule';

export const duplicateObjects = rule({
  id: 'duplicate-objects',
  sentence: 'Every object is defined by one document.',
  why: 'The document that is applied last overwrites the others without an error. Which one that is depends on the file names.',
  source: 'ours: kubectl applies documents in the order in which it reads them',
  severity: 'critical',
  fix: 'Rename one of the objects, or remove one of the documents.',
  parts: everyObject,
  faults: (object, manifests) => {
    const isGenerated = object.metadata['generateName'] !== undefined;
    const isRepeated = !isGenerated && manifests.same(object) !== object;
    return [
      isRepeated && {
        path: 'metadata.name',
        must: 'be unique: a later document has the same kind and name',
      },
    ];
  },
});
