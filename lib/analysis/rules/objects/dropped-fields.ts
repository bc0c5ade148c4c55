import { everyObject } from '../parts';
import { rule } from '../rule';

export const droppedFields = rule({
  id: 'dropped-fields',
  sentence: 'No object has a field that the API server drops: a field with the value null, or status.',
  why: 'The API server drops such a field without an error, so the field has no effect.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#object-spec-and-status',
  severity: 'low',
  fix: 'Remove the field, or give it a value.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'dropped-fields'),
});
