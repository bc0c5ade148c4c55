import { everyObject } from '../parts';
import { rule } from '../rule';

export const missingSchema = rule({
  id: 'missing-schema',
  sentence: 'Every object is of a kind whose fields are known here.',
  why: 'A slip in the fields of another shows only when it is applied, and what it makes in the cluster nothing here sees.',
  source: 'ours',
  severity: 'low',
  fix: 'Hold it against the cluster: kubectl apply --dry-run=server.',
  parts: everyObject,
  faults: (object, manifests) => manifests.schemaFaults(object, 'missing-schema'),
});
