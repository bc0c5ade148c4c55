import type { PolicyRule } from '../../../../imports/kubernetes/kinds';
import { roles } from '../parts';
import { rule } from '../rule';

const verbs = ['escalate', 'bind', 'impersonate', 'deletecollection', 'approve', 'sign'];
const resources = [
  'serviceaccounts/token',
  'certificatesigningrequests/approval',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'nodes/proxy',
  'persistentvolumes',
];
const rbac = /^(cluster)?role(binding)?s$/;

export const rbacEscalation = rule({
  id: 'rbac-escalation',
  sentence: 'No role lets its bearer become somebody else.',
  why: 'With escalate, bind, impersonate, a token of another account, a webhook or a way to the kubelet, whoever has it has everything.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  severity: 'critical',
  fix: 'Grant what the program does, and no more.',
  parts: roles,
  faults: ({ rules = [], metadata }) => [
    ...rules.flatMap((granted, index) => [
      ...(granted.verbs ?? []).map(
        (verb, each) =>
          verbs.includes(verb) && {
            path: `rules[${index}].verbs[${each}]`,
            must: `not be ${verbs.join(', ')}`,
          },
      ),
      ...(granted.resources ?? []).map((resource, each) => {
        const isRisk = resources.includes(resource) || rbac.test(resource);
        return (
          isRisk &&
          mayWrite(granted) && {
            path: `rules[${index}].resources[${each}]`,
            must: 'be granted for reading at most',
          }
        );
      }),
    ]),
    ...Object.keys(metadata?.labels ?? {}).map(
      (key) =>
        rules.some(mayWrite) &&
        /^rbac\.authorization\.k8s\.io\/aggregate-to-(admin|edit)$/.test(key) && {
          path: 'metadata.labels',
          found: `has ${key}`,
          must: 'not add to the roles that everybody has',
        },
    ),
  ],
});

function mayWrite({ verbs: granted = [] }: PolicyRule): boolean {
  return granted.some((verb) => !['get', 'list', 'watch'].includes(verb));
}
