import { everyObject } from '../parts';
import { rule } from '../rule';

export const missingSchema = rule({
  id: 'missing-schema',
  sentence: 'Every object has a kind whose schema is known.',
  why: 'Without a schema, only the API server finds misspelt fields. The controller of the kind may also create objects that no rule checks.',
  source: 'ours',
  severity: 'low',
  fix: 'Check the object with the cluster: kubectl apply --dry-run=server.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'missing-schema'),
});
