import { bindings } from '../parts';
import { rule } from '../rule';

export const bindingSubjects = rule({
  id: 'binding-subjects',
  sentence: 'A ServiceAccount that is bound names its namespace, and other subjects name none.',
  why: 'The API server refuses the binding.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State the namespace of the ServiceAccount.',
  parts: bindings,
  faults: ({ subjects = [] }) =>
    subjects.map(({ kind, namespace = '' }, index) => {
      const isAccount = kind === 'ServiceAccount';
      if (isAccount === (namespace !== '')) return undefined;
      return {
        path: `subjects[${index}].namespace`,
        must: isAccount ? 'be stated for a ServiceAccount' : `be absent for a ${kind}`,
      };
    }),
});
