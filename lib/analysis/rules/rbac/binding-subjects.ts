import { objectsOf } from '../parts';
import { rule } from '../rule';

export const bindingSubjects = rule({
  id: 'binding-subjects',
  sentence: 'A ServiceAccount that a ClusterRoleBinding binds names its namespace.',
  why: 'The API server refuses the binding; in a RoleBinding the namespace is its own by default.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State the namespace of the ServiceAccount.',
  parts: objectsOf('ClusterRoleBinding'),
  faults: ({ subjects = [] }) =>
    subjects.map(
      ({ kind, namespace = '' }, index) =>
        kind === 'ServiceAccount' &&
        namespace === '' && { path: `subjects[${index}].namespace`, must: 'be stated for a ServiceAccount' },
    ),
});
