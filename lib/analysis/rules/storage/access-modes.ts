import type { PersistentVolumeClaimSpec } from '../../../../imports/kubernetes/kinds';
import { provisionerOf } from '../../../kubernetes/storage/provisioners';
import type { Parts } from '../parts';
import { rule } from '../rule';

/** The specs of claims, and of the templates by which a StatefulSet makes some. */
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
  sentence: 'A claim asks for an access mode in which its storage class makes volumes.',
  why: 'The provisioner refuses any other: the claim stays Pending, and so does each pod that mounts it.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  severity: 'high',
  fix: 'Write accessModes: [ReadWriteOnce] and run the pods that write on one node, or take a class that several nodes can mount, such as one of NFS or Longhorn.',
  rare: true,
  parts: claimSpecs,
  faults: (spec, manifests) => {
    const provisioner = provisionerOf(spec, manifests);
    if (provisioner === undefined) return undefined;
    return (spec.accessModes ?? []).map(
      (mode, index) =>
        !provisioner.accessModes.includes(mode) && {
          path: `accessModes[${index}]`,
          found: `is ${mode}, of ${provisioner.volumes} (${provisioner.name})`,
          must: `be ${provisioner.accessModes.join(' or ')}`,
        },
    );
  },
});
