import { keyStep } from '../../../kubernetes/path';
import { containers } from '../parts';
import { rule } from '../rule';

export const containerResources = rule({
  id: 'container-resources',
  sentence:
    'Every container says how much CPU and memory it needs, and how much at most; and of disk, unless all that it can write to has a limit.',
  why: 'Without requests a node is filled past what it has; without limits one container takes what all others need.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  severity: 'high',
  fix: 'State requests and limits; of disk, make the root file system read-only and give each emptyDir a sizeLimit.',
  parts: containers,
  faults: ({ container, pod }, manifests) => {
    const { resources = {} } = container;
    const ranges = manifests
      .of('LimitRange')
      .filter(({ object }) => object.metadata.namespace === pod.namespace)
      .flatMap(({ fields }) => fields.spec?.limits ?? [])
      .filter(({ type }) => type === 'Container');
    const isBounded =
      container.securityContext?.readOnlyRootFilesystem === true &&
      (pod.spec.volumes ?? []).every(
        ({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit !== undefined,
      );
    return (['requests', 'limits'] as const).flatMap((side) =>
      ['cpu', 'memory', 'ephemeral-storage'].map((resource) => {
        const isDefaulted =
          resource === 'ephemeral-storage' &&
          (isBounded ||
            ranges.some(({ default: most, defaultRequest: least }) =>
              side === 'limits' ? most?.[resource] : (least?.[resource] ?? most?.[resource]),
            ));
        return (
          resources[side]?.[resource] === undefined &&
          !isDefaulted && { path: `resources.${side}${keyStep(resource)}`, must: 'be stated' }
        );
      }),
    );
  },
});
