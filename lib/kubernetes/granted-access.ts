import type { PolicyRule, Subject } from '../../imports/kubernetes/kinds';
import { namespaceOf } from './kinds';
import type { Manifests } from './manifests';
import type { Pod } from './workloads/pods';

/** The permissions that one binding grants to a ServiceAccount. */
interface AccountGrant {
  /** `<namespace>/<name>` */
  readonly account: string;
  /** Undefined if the permissions apply to all namespaces. */
  readonly namespace: string | undefined;
  readonly rules: readonly PolicyRule[];
}

/** A permission for a resource of the core API group in one namespace. */
export interface Access {
  readonly resource: 'configmaps' | 'pods';
  /** One of these verbs is enough. */
  readonly verbs: readonly string[];
  readonly namespace: string;
  /** @default any object */
  readonly name?: string;
}

/**
 * The pods whose ServiceAccounts have a permission, by the roles and bindings in the manifests.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function podsWithAccess(manifests: Manifests, { resource, verbs, namespace, name }: Access): Pod[] {
  const matches = (stated: readonly string[] | undefined, asked: readonly string[]) =>
    (stated ?? []).some((each) => each === '*' || asked.includes(each));
  const accounts = new Set(
    grantsOf(manifests)
      .filter((grant) => grant.namespace === undefined || grant.namespace === namespace)
      .filter(({ rules }) =>
        rules.some(
          (rule) =>
            matches(rule.apiGroups, ['']) &&
            matches(rule.resources, [resource]) &&
            matches(rule.verbs, verbs) &&
            (name === undefined || (rule.resourceNames ?? [name]).includes(name)),
        ),
      )
      .map(({ account }) => account),
  );
  return accounts.size === 0 ? [] : manifests.pods.all.filter((pod) => accounts.has(accountOf(pod)));
}

const known = new WeakMap<Manifests, readonly AccountGrant[]>();

function grantsOf(manifests: Manifests): readonly AccountGrant[] {
  const found = known.get(manifests) ?? findGrants(manifests);
  known.set(manifests, found);
  return found;
}

function findGrants(manifests: Manifests): AccountGrant[] {
  const bound = [...manifests.of('RoleBinding'), ...manifests.of('ClusterRoleBinding')];
  return bound.flatMap(({ object, fields: { roleRef, subjects = [] } }) => {
    const isOfCluster = object.kind === 'ClusterRoleBinding';
    const namespace = isOfCluster ? undefined : namespaceOf(object);
    const { kind, name = '' } = roleRef ?? {};
    const role =
      kind === 'ClusterRole'
        ? manifests.typed('ClusterRole', '', name)
        : manifests.typed('Role', namespaceOf(object), name);
    const rules = role?.rules ?? [];
    return rules.length === 0
      ? []
      : (subjects as readonly Subject[])
          .filter((subject) => subject.kind === 'ServiceAccount')
          .map((subject) => ({
            account: `${subject.namespace ?? namespaceOf(object)}/${subject.name}`,
            ...{ namespace, rules },
          }));
  });
}

function accountOf({ namespace, spec }: Pod): string {
  return `${namespace}/${spec.serviceAccountName ?? 'default'}`;
}
