import { holdsUnresolved } from '../../../documents/unresolved';
import { pods } from '../parts';
import { rule } from '../rule';

/** The user ids of nodes and of most images are not higher. */
const highest = 10_000;

export const highUserId = rule({
  id: 'high-user-id',
  sentence: 'Pods run with a user id and a group id above 10000.',
  why: 'If a process escapes from its container, it can access the files of the user on the node that has the same id.',
  source: 'https://avd.aquasec.com/misconfig/kubernetes/general/avd-ksv-0020/',
  severity: 'low',
  fix: 'Build the image for a user id above 10000, and set runAsUser and runAsGroup.',
  parts: pods,
  faults: ({ object, spec: { securityContext = {}, initContainers = [], containers = [] } }) => {
    // The synth itself lists an unresolved user id, which is absent from the manifest.
    if (holdsUnresolved(object) && securityContext.runAsUser === undefined) return undefined;
    return (['runAsUser', 'runAsGroup'] as const).flatMap((field) => {
      const must = `be above ${highest}`;
      const own = [
        ...initContainers.map((each, index) => ({ each, path: `initContainers[${index}]` })),
        ...containers.map((each, index) => ({ each, path: `containers[${index}]` })),
      ].flatMap(({ each, path }) => {
        const value = each.securityContext?.[field];
        return value === undefined ? [] : [{ path: `${path}.securityContext.${field}`, value }];
      });
      const shared = { path: `securityContext.${field}`, value: securityContext[field] ?? 0 };
      const stated = own.length === initContainers.length + containers.length ? own : [shared, ...own];
      return stated.filter(({ value }) => value <= highest).map(({ path }) => ({ path, must }));
    });
  },
});
