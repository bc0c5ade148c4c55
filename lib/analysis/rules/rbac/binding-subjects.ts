import { objectsOf } from '../parts';
import { rule } from '../rule';

export const bindingSubjects = rule({
  id: 'binding-subjects',
  sentence: 'A ServiceAccount in a ClusterRoleBinding has a namespace.',
  why: 'The API server refuses the binding. A subject has a default namespace only in a RoleBinding: the namespace of the binding.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set the namespace of the subject.',
  parts: objectsOf('ClusterRoleBinding'),
  faults: ({ subjects = [] }) =>
    subjects.map(
      ({ kind, namespace = '' }, index) =>
        kind === 'ServiceAccount' &&
        namespace === '' && { path: `subjects[${index}].namespace`, must: 'be set for a ServiceAccount' },
    ),
});
