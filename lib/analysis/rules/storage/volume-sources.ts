import { parseQuantity } from '../../../kubernetes/quantity';
import { pods } from '../parts';
import { rule } from '../rule';

export const volumeSources = rule({
  id: 'volume-sources',
  sentence: 'The source of a volume has a name, and a sizeLimit is not negative.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set the missing name; for an emptyDir, set a sizeLimit such as 64Mi.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) =>
    volumes.flatMap(({ emptyDir, configMap, secret, persistentVolumeClaim: claim, hostPath }, index) => {
      const path = `volumes[${index}]`;
      const limit = parseQuantity(String(emptyDir?.sizeLimit ?? '0')) ?? 0;
      return [
        limit < 0 && { path: `${path}.emptyDir.sizeLimit`, must: 'be at least 0' },
        configMap !== undefined &&
          (configMap.name ?? '') === '' && { path: `${path}.configMap.name`, must: 'be set' },
        secret !== undefined &&
          (secret.secretName ?? '') === '' && { path: `${path}.secret.secretName`, must: 'be set' },
        claim !== undefined &&
          (claim.claimName ?? '') === '' && {
            path: `${path}.persistentVolumeClaim.claimName`,
            must: 'be set',
          },
        hostPath?.path?.split('/').includes('..') && {
          path: `${path}.hostPath.path`,
          must: 'not contain ".."',
        },
      ];
    }),
});
