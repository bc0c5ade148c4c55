import type { PolicyRule } from '../../../../imports/kubernetes/kinds';
import { isKnownGroup } from '../../../kubernetes/objects/groups';
import { roles } from '../parts';
import { rule } from '../rule';

/** Verbs that allow privilege escalation, by API group. In other groups these verbs have no meaning. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  escalate: ['rbac.authorization.k8s.io'],
  bind: ['rbac.authorization.k8s.io'],
  impersonate: ['', 'authentication.k8s.io'],
  approve: ['certificates.k8s.io'],
  sign: ['certificates.k8s.io'],
};

/**
 * Resources for which write access allows privilege escalation. For a PersistentVolume only create does: its creator
 * chooses the path on the node, and an update cannot change the path.
 */
const resources: Readonly<Record<string, (granted: PolicyRule) => boolean>> = {
  'serviceaccounts/token': mayWrite,
  'certificatesigningrequests/approval': mayWrite,
  validatingwebhookconfigurations: mayWrite,
  mutatingwebhookconfigurations: mayWrite,
  'nodes/proxy': mayWrite,
  persistentvolumes: ({ verbs: granted = [] }) => granted.includes('create') || granted.includes('*'),
  // A subject can grant only permissions that it has itself, unless it has the verbs escalate and bind.
  roles: mayDoAnything,
  clusterroles: mayDoAnything,
};

export const rbacPrivilegeEscalation = rule({
  id: 'rbac-privilege-escalation',
  sentence: 'No role allows privilege escalation.',
  why: 'Each of these gives access to the whole cluster: the verbs escalate, bind and impersonate, tokens of other accounts, webhooks, and the kubelet API.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  severity: 'critical',
  fix: 'Grant only the permissions that the program uses.',
  parts: roles,
  faults: ({ rules = [], metadata }) => [
    ...rules.flatMap((granted, index) => [
      ...(granted.verbs ?? []).map(
        (verb, each) =>
          appliesToGroup(granted, verbs[verb] ?? []) && {
            path: `rules[${index}].verbs[${each}]`,
            must: `not be ${Object.keys(verbs).join(', ')}`,
          },
      ),
      ...(granted.resources ?? []).map(
        (resource, each) =>
          resources[resource]?.(granted) === true && {
            path: `rules[${index}].resources[${each}]`,
            must: mayDoAnything(granted)
              ? 'not be granted with the verb "*", which includes escalate and bind'
              : 'be granted only with verbs that read (get, list, watch)',
          },
      ),
    ]),
    ...Object.keys(metadata?.labels ?? {}).map(
      (key) =>
        rules.some((granted) => mayWrite(granted) && isBuiltIn(granted)) &&
        /^rbac\.authorization\.k8s\.io\/aggregate-to-(admin|edit)$/.test(key) && {
          path: 'metadata.labels',
          found: `has ${key}`,
          must: 'not be aggregated into the roles admin, edit and view',
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

function appliesToGroup({ apiGroups = [] }: PolicyRule, groups: readonly string[]): boolean {
  return groups.some((group) => apiGroups.includes(group) || apiGroups.includes('*'));
}

/**
 * Whether a rule grants access to built-in resources. Aggregation into the default roles is meant for custom
 * resources.
 */
function isBuiltIn({ apiGroups = [] }: PolicyRule): boolean {
  return apiGroups.some((group) => group === '*' || isKnownGroup(group));
}
