import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { containers } from '../parts';
import { rule } from '../rule';

export const requestsWithinLimits = rule({
  id: 'requests-within-limits',
  sentence: 'No request exceeds its limit.',
  why: 'The API server refuses the pod.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Lower the request, or raise the limit.',
  parts: containers,
  faults: ({ container: { resources: { requests = {}, limits = {} } = {} } }) =>
    Object.entries(requests).map(([resource, request]) => {
      const limit = limits[resource];
      const most = parseQuantity(String(limit ?? '')) ?? Number.POSITIVE_INFINITY;
      return (
        (parseQuantity(String(request)) ?? 0) > most && {
          path: `resources.requests${keyStep(resource)}`,
          must: `be at most the limit, ${limit}`,
        }
      );
    }),
});
