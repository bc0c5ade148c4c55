import { everyObject } from '../parts';
import { rule } from '../rule';

export const schemaValidation = rule({
  id: 'schema-validation',
  sentence: 'Every object has only fields that its kind has, and every field has the right type.',
  why: 'The API server refuses some unknown fields and drops others without an error: a pod with a misspelt securityContext runs without one.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write the field as `kubectl explain` shows it.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'schema-validation'),
});
