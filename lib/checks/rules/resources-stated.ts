import { containers } from '../parts';
import { keyStep } from '../path';
import { rule } from '../rule';

export const resourcesStated = rule({
  id: 'resources-stated',
  sentence:
    'Every container says how much CPU, memory and disk it needs, and how much at most; disk may be stated by its namespace.',
  why: 'Without requests a node is filled past what it has; without limits one container takes what all others need.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  severity: 'high',
  fix: 'State requests and limits, ephemeral-storage for all containers by a LimitRange.',
  parts: containers,
  faults: ({ container: { resources = {} }, pod }, manifests) => {
    const ranges = manifests
      .of('LimitRange')
      .filter(({ object }) => object.metadata.namespace === pod.namespace)
      .flatMap(({ fields }) => fields.spec?.limits ?? [])
      .filter(({ type }) => type === 'Container');
    return (['requests', 'limits'] as const).flatMap((side) =>
      ['cpu', 'memory', 'ephemeral-storage'].map((resource) => {
        const isDefaulted =
          resource === 'ephemeral-storage' &&
          ranges.some(({ default: most, defaultRequest: least }) =>
            side === 'limits' ? most?.[resource] : (least?.[resource] ?? most?.[resource]),
          );
        return (
          resources[side]?.[resource] === undefined &&
          !isDefaulted && { path: `resources.${side}${keyStep(resource)}`, must: 'be stated' }
        );
      }),
    );
  },
});
