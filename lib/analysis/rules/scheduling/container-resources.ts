import { keyStep } from '../../../kubernetes/path';
import { containers } from '../parts';
import { rule } from '../rule';

export const containerResources = rule({
  id: 'container-resources',
  sentence:
    'Every container has requests and limits for CPU and memory, and also for ephemeral storage if the container can write to disk without a limit.',
  why: 'Without requests the scheduler overcommits the node. Without limits one container can use the resources of all others.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  severity: 'high',
  fix: 'Set requests and limits. Instead of requests and limits for ephemeral storage, you can set readOnlyRootFilesystem and the sizeLimit of each emptyDir.',
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
          !isDefaulted && { path: `resources.${side}${keyStep(resource)}`, must: 'be set' }
        );
      }),
    );
  },
});
