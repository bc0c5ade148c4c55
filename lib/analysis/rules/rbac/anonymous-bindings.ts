import { bindings } from '../parts';
import { rule } from '../rule';

const everybody = [
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
];

export const anonymousBindings = rule({
  id: 'anonymous-bindings',
  sentence: 'Nothing is granted to everybody, or to the default account.',
  why: 'Whoever reaches the API server, or any pod that names no account, then has it.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#hardening',
  severity: 'critical',
  fix: 'Bind the account that needs it.',
  parts: bindings,
  faults: ({ subjects = [] }) =>
    subjects.map(({ name = '', kind }, index) => {
      const isDefault = kind === 'ServiceAccount' && name === 'default';
      return (
        (isDefault || everybody.includes(name)) && {
          path: `subjects[${index}].name`,
          must: 'be an account of its own',
        }
      );
    }),
});
