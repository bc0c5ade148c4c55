import type { PolicyRule } from '../../../../imports/kubernetes/kinds';
import { isKnownGroup } from '../../../kubernetes/objects/groups';
import { roles } from '../parts';
import { rule } from '../rule';

/** Verbs that mean more than their resource, by the API group in which they do; elsewhere they are names without a meaning. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  escalate: ['rbac.authorization.k8s.io'],
  bind: ['rbac.authorization.k8s.io'],
  impersonate: ['', 'authentication.k8s.io'],
  approve: ['certificates.k8s.io'],
  sign: ['certificates.k8s.io'],
};

/** Resources that a bearer may not write. Of a PersistentVolume only the one that creates it chooses the path on the node. */
const resources: Readonly<Record<string, (granted: PolicyRule) => boolean>> = {
  'serviceaccounts/token': mayWrite,
  'certificatesigningrequests/approval': mayWrite,
  validatingwebhookconfigurations: mayWrite,
  mutatingwebhookconfigurations: mayWrite,
  'nodes/proxy': mayWrite,
  persistentvolumes: ({ verbs: granted = [] }) => granted.includes('create') || granted.includes('*'),
  // Without escalate and bind the API server grants only what the writer has.
  roles: mayDoAnything,
  clusterroles: mayDoAnything,
};

export const rbacPrivilegeEscalation = rule({
  id: 'rbac-privilege-escalation',
  sentence: 'No role lets its bearer become another account.',
  why: 'With escalate, bind, impersonate, a token of another account, a webhook or a way to the kubelet, whoever has it has everything.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  severity: 'critical',
  fix: 'Grant what the program does, and no more.',
  parts: roles,
  faults: ({ rules = [], metadata }) => [
    ...rules.flatMap((granted, index) => [
      ...(granted.verbs ?? []).map(
        (verb, each) =>
          isOf(granted, verbs[verb] ?? []) && {
            path: `rules[${index}].verbs[${each}]`,
            must: `not be ${Object.keys(verbs).join(', ')}`,
          },
      ),
      ...(granted.resources ?? []).map(
        (resource, each) =>
          resources[resource]?.(granted) === true && {
            path: `rules[${index}].resources[${each}]`,
            must: mayDoAnything(granted)
              ? 'be granted without "*", which holds more than reading and writing'
              : 'be granted for reading at most',
          },
      ),
    ]),
    ...Object.keys(metadata?.labels ?? {}).map(
      (key) =>
        rules.some((granted) => mayWrite(granted) && isBuiltIn(granted)) &&
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

function mayDoAnything({ verbs: granted = [] }: PolicyRule): boolean {
  return granted.includes('*');
}

/** Whether a rule grants something of one of these groups. */
function isOf({ apiGroups = [] }: PolicyRule, groups: readonly string[]): boolean {
  return groups.some((group) => apiGroups.includes(group) || apiGroups.includes('*'));
}

/** Whether a rule grants what the cluster itself has. The roles of users are made to take in custom resources. */
function isBuiltIn({ apiGroups = [] }: PolicyRule): boolean {
  return apiGroups.some((group) => group === '*' || isKnownGroup(group));
}
