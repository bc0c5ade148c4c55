import { everyObject } from '../parts';
import { rule } from '../rule';

export const enumValues = rule({
  id: 'enum-values',
  sentence: 'An enum field has one of its allowed values.',
  why: 'The API server refuses any other value.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write one of the allowed values; they are case-sensitive.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'enum-values'),
});
