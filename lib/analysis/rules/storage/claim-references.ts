import { pods } from '../parts';
import { rule } from '../rule';

export const claimReferences = rule({
  id: 'claim-references',
  sentence: 'Every PersistentVolumeClaim that a pod mounts exists.',
  why: 'The pod stays Pending until the claim exists.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  severity: 'high',
  fix: 'Add the PersistentVolumeClaim.',
  parts: pods,
  faults: ({ object, namespace }, manifests) =>
    manifests.references
      .from(object)
      .filter(({ value }) => value.kind === 'PersistentVolumeClaim')
      .map(
        ({ path, value }) =>
          manifests.references.targetOf(value) === undefined && {
            ...{ object, path, must: `be a PersistentVolumeClaim of the namespace ${namespace}` },
          },
      ),
});
