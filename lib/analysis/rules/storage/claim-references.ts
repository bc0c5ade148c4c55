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
  faults: ({ namespace, spec: { volumes = [] } }, manifests) =>
    volumes.map(({ persistentVolumeClaim: claim }, index) => {
      const isLost =
        claim && manifests.find('PersistentVolumeClaim', namespace, claim.claimName ?? '') === undefined;
      return (
        isLost && {
          path: `volumes[${index}].persistentVolumeClaim.claimName`,
          must: `name a PersistentVolumeClaim of ${namespace}`,
        }
      );
    }),
});
