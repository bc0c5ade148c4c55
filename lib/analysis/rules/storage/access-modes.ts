import type { PersistentVolumeClaimSpec } from '../../../../imports/kubernetes/kinds';
import { provisionerOf } from '../../../kubernetes/storage/provisioners';
import type { Parts } from '../parts';
import { rule } from '../rule';

/** The specs of PersistentVolumeClaims and of volumeClaimTemplates. */
const claimSpecs: Parts<PersistentVolumeClaimSpec> = {
  kinds: ['PersistentVolumeClaim', 'StatefulSet'],
  of: (manifests) => [
    ...manifests.of('PersistentVolumeClaim').map(({ object, fields }) => ({
      ...{ object, path: 'spec', value: fields.spec ?? {} },
    })),
    ...manifests.of('StatefulSet').flatMap(({ object, fields }) =>
      (fields.spec?.volumeClaimTemplates ?? []).map(({ spec = {} }, index) => ({
        ...{ object, path: `spec.volumeClaimTemplates[${index}].spec`, value: spec },
      })),
    ),
  ],
};

export const accessModes = rule({
  id: 'access-modes',
  sentence: 'A claim has an access mode that the provisioner of its storage class supports.',
  why: 'The provisioner refuses other access modes: the claim and all pods that mount it stay Pending.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  severity: 'high',
  fix: 'Set accessModes: [ReadWriteOnce] and run the pods that write on one node, or use a storage class whose volumes several nodes can mount, such as NFS or Longhorn.',
  rare: true,
  parts: claimSpecs,
  faults: (spec, manifests) => {
    const provisioner = provisionerOf(spec, manifests);
    if (provisioner === undefined) return undefined;
    return (spec.accessModes ?? []).map(
      (mode, index) =>
        !provisioner.accessModes.includes(mode) && {
          path: `accessModes[${index}]`,
          found: `is ${mode}, but the volumes of the storage class are ${provisioner.volumes} (${provisioner.name})`,
          must: `be ${provisioner.accessModes.join(' or ')}`,
        },
    );
  },
});
