import { everyObject } from '../parts';
import { rule } from '../rule';

export const enumValues = rule({
  id: 'enum-values',
  sentence: 'A field that has few words has one of them.',
  why: 'The API server refuses any other.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write the word as it stands there; upper and lower case matter.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'enum-values'),
});
