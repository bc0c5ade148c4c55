import { pods } from '../parts';
import { rule } from '../rule';

export const claimReferences = rule({
  id: 'claim-references',
  sentence: 'Every claim that a pod mounts is among the documents.',
  why: 'The pod stays Pending until somebody makes it.',
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
            ...{ object, path, must: `name a PersistentVolumeClaim of ${namespace}` },
          },
      ),
});
