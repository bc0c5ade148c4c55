import type { LimitRangeItem } from '../../../../imports/kubernetes/kinds';
import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { repeated } from '../../../kubernetes/repeated';
import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

/** In ascending order. `default` is also the default request if `defaultRequest` is absent. */
const order = ['min', 'defaultRequest', 'default', 'max'] as const;

export const limitRangeValues = rule({
  id: 'limit-range-values',
  sentence: 'In a LimitRange, min ≤ defaultRequest ≤ default ≤ max.',
  why: 'The API server refuses the LimitRange.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Change one of the two values that the message names.',
  parts: objectsOf('LimitRange'),
  faults: ({ spec: { limits = [] } = {} }) => [
    ...limits.flatMap((limit, index) => [
      ...orderFaults(limit, `spec.limits[${index}]`),
      ...typeFaults(limit, `spec.limits[${index}]`),
    ]),
    ...repeated(
      limits.map(({ type = '' }, index) => ({ key: type, path: `spec.limits[${index}].type` })),
    ).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
  ],
});

function orderFaults(limit: LimitRangeItem, path: string): Fault[] {
  return order.flatMap((low, index) =>
    order.slice(index + 1).flatMap((high): Fault[] =>
      Object.entries(limit[low] ?? {}).flatMap(([resource, least]) => {
        const most = limit[high]?.[resource];
        if (most === undefined || amount(least) <= amount(most)) return [];
        // If a default violates min or max, the finding points to the default.
        const isBound = low === 'min' && high !== 'max';
        return isBound
          ? [
              {
                path: `${path}.${high}${keyStep(resource)}`,
                must: `be at least ${least}, the value of ${low}`,
              },
            ]
          : [
              {
                path: `${path}.${low}${keyStep(resource)}`,
                must: `be at most ${most}, the value of ${high}`,
              },
            ];
      }),
    ),
  );
}

function typeFaults(
  { type, default: limits, defaultRequest, min, max, maxLimitRequestRatio }: LimitRangeItem,
  path: string,
): Fault[] {
  const ofPod = Object.entries({ default: limits, defaultRequest }).flatMap(([field, value]) =>
    type === 'Pod' && value !== undefined
      ? [{ path: `${path}.${field}`, must: 'be absent, because type is Pod' }]
      : [],
  );
  const isUnbounded = min?.['storage'] === undefined && max?.['storage'] === undefined;
  const ofClaim =
    type === 'PersistentVolumeClaim' && isUnbounded
      ? [
          {
            path,
            found: 'has no min.storage and no max.storage',
            must: 'have min.storage, max.storage or both',
          },
        ]
      : [];
  const ratios = Object.entries(maxLimitRequestRatio ?? {}).flatMap(([resource, ratio]) =>
    amount(ratio) < 1
      ? [{ path: `${path}.maxLimitRequestRatio${keyStep(resource)}`, must: 'be at least 1' }]
      : [],
  );
  return [...ofPod, ...ofClaim, ...ratios];
}

function amount(quantity: unknown): number {
  return parseQuantity(String(quantity)) ?? 0;
}
