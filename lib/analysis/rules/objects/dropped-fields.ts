import { everyObject } from '../parts';
import { rule } from '../rule';

export const droppedFields = rule({
  id: 'dropped-fields',
  sentence: 'Nothing is stated that the API server drops.',
  why: 'It refuses nothing for it, so whoever wrote a null or a status believes that it says something.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#object-spec-and-status',
  severity: 'low',
  fix: 'Leave it out, or give it a value.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'dropped-fields'),
});
