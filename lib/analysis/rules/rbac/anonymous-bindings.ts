import { bindings } from '../parts';
import { rule } from '../rule';

const allUsers = [
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
];

export const anonymousBindings = rule({
  id: 'anonymous-bindings',
  sentence: 'No role is bound to anonymous users, all users, or a default ServiceAccount.',
  why: 'Every client of the API server, or every pod without a ServiceAccount of its own, gets the permissions of the role.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#hardening',
  severity: 'critical',
  fix: 'Bind the role to the ServiceAccount that needs it.',
  parts: bindings,
  faults: ({ subjects = [] }) =>
    subjects.map(({ name = '', kind }, index) => {
      const isDefault = kind === 'ServiceAccount' && name === 'default';
      return (
        (isDefault || allUsers.includes(name)) && {
          path: `subjects[${index}].name`,
          must: 'be a dedicated account',
        }
      );
    }),
});
