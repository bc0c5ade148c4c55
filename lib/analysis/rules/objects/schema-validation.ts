import { everyObject } from '../parts';
import { rule } from '../rule';

export const schemaValidation = rule({
  id: 'schema-validation',
  sentence: 'Every object has the fields of its kind, each of its type, and no others.',
  why: 'The API server refuses some slips and drops others silently: a misspelt securityContext is a pod without one.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write the field as `kubectl explain` has it.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'schema-validation'),
});
