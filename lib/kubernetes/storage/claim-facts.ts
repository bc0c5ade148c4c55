import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { isLocal, localPath } from './local-path';

/** Facts about a claim that other objects state. */
export interface ClaimFacts {
  /** Whether a pod mounts it, so that it is bound. */
  readonly isBound: (claim: KubernetesObject) => boolean;
  /** Whether its StorageClass allows expansion. */
  readonly mayGrow: (claim: KubernetesObject) => boolean;
}

/**
 * Collects the facts from manifests. A StorageClass that is not in the manifests counts as allowing expansion, unless its
 * volumes are local.
 */
export function claimFactsOf(manifests: Manifests): ClaimFacts {
  return {
    isBound: (claim) =>
      manifests.pods
        .of(namespaceOf(claim))
        .some(({ spec: { volumes = [] } }) =>
          volumes.some(({ persistentVolumeClaim: source }) => source?.claimName === claim.metadata.name),
        ),
    mayGrow: (claim) => {
      const { storageClassName = localPath } = (claim['spec'] ?? {}) as PersistentVolumeClaimSpec;
      const described = manifests.find('StorageClass', namespaceOf(claim), storageClassName);
      return described === undefined
        ? !isLocal(storageClassName)
        : described['allowVolumeExpansion'] === true;
    },
  };
}
