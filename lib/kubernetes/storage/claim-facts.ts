import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { isLocal, localPath } from './local-path';

/** What other objects say about a claim. */
export interface ClaimFacts {
  /** A pod mounts it, so that it has a volume by now. */
  readonly isBound: (claim: KubernetesObject) => boolean;
  /** Its class lets volumes grow. */
  readonly mayGrow: (claim: KubernetesObject) => boolean;
}

/** What some manifests say about claims. Of a class that they don't describe the API server decides. */
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
