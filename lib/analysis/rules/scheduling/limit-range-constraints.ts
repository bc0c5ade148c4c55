import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { containerAmount, containerRanges } from '../../../kubernetes/scheduling/requests';
import { containers } from '../parts';
import { type Fault, rule } from '../rule';

export const limitRangeConstraints = rule({
  id: 'limit-range-constraints',
  sentence: 'Every container satisfies the LimitRange of its namespace, after the defaults are applied.',
  why: 'The API server refuses the pods: the workload exists, but has no pods.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  severity: 'critical',
  fix: 'Set a request and a limit within the bounds, or change the LimitRange.',
  rare: true,
  parts: containers,
  faults: ({ container, pod }, manifests) => {
    const ranges = containerRanges(manifests, pod.namespace);
    if (ranges.length === 0) return undefined;
    const resources = new Set(
      ranges.flatMap((range) =>
        [range.min, range.max, range.default].flatMap((each) => Object.keys(each ?? {})),
      ),
    );
    return [...resources].flatMap((resource): (Fault | false)[] => {
      const request = containerAmount(container, resource, 'requests', ranges);
      const limit = containerAmount(container, resource, 'limits', ranges);
      const isLimitStated = container.resources?.limits?.[resource] !== undefined;
      const path = (side: string) => `resources.${side}${keyStep(resource)}`;
      const bounds = ranges.flatMap(({ min, max }): (Fault | false)[] => {
        const [least, most] = [min, max].map((each) => parseQuantity(String(each?.[resource] ?? '')));
        return [
          least !== undefined &&
            request !== undefined &&
            request < least && {
              path: path('requests'),
              must: `be at least ${min?.[resource]}, the min of the LimitRange`,
            },
          most !== undefined &&
            limit !== undefined &&
            limit > most && {
              path: path('limits'),
              must: `be at most ${max?.[resource]}, the max of the LimitRange`,
            },
        ];
      });
      const isOver = request !== undefined && limit !== undefined && request > limit && !isLimitStated;
      return [
        ...bounds,
        isOver && {
          path: path('requests'),
          must: 'be at most the default limit of the LimitRange, or the container must have a limit',
        },
      ];
    });
  },
});
