import { roles } from '../parts';
import { rule } from '../rule';

const makers = [
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
];

export const accessToPods = rule({
  id: 'access-to-pods',
  sentence: 'No role grants the permission to create pods or to run commands in pods.',
  why: 'A subject that may create a pod can mount every Secret of the namespace. A subject that may exec into a pod has the permissions and the data of the pod.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation',
  severity: 'high',
  fix: 'Remove create, update and patch for workloads, and remove pods/exec, pods/attach and pods/portforward.',
  parts: roles,
  faults: ({ rules = [] }) =>
    rules.flatMap(({ resources = [], verbs = [] }, index) =>
      resources.map((resource, each) => {
        const writes = verbs.some((verb) => ['create', 'update', 'patch', 'delete'].includes(verb));
        const entersPod = /^pods\/(exec|attach|portforward|ephemeralcontainers)$/.test(resource);
        const isRisk = entersPod || (makers.includes(resource) && writes);
        return (
          isRisk && {
            path: `rules[${index}].resources[${each}]`,
            must: entersPod ? 'not be granted' : 'be granted only with verbs that read (get, list, watch)',
          }
        );
      }),
    ),
});
