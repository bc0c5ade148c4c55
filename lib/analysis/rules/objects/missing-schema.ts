import { everyObject } from '../parts';
import { rule } from '../rule';

export const missingSchema = rule({
  id: 'missing-schema',
  sentence: 'Every object has a kind whose schema is known.',
  why: 'Misspelt fields of another kind are found only by the API server, and its controller may create objects that no rule sees.',
  source: 'ours',
  severity: 'low',
  fix: 'Check the object with the cluster: kubectl apply --dry-run=server.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'missing-schema'),
});
