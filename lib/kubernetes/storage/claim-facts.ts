import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { isLocal, localPath } from './local-path';

/** What other objects decide about a volume claim. */
export interface ClaimFacts {
  /** Whether a pod mounts the claim. A mounted claim counts as bound. */
  readonly isBound: (claim: KubernetesObject) => boolean;
  /** Whether the claim's StorageClass allows volume expansion. */
  readonly mayGrow: (claim: KubernetesObject) => boolean;
}

/**
 * Collects these facts from manifests. If the manifests don't have the StorageClass, the class counts as allowing
 * expansion, unless its volumes are local.
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
