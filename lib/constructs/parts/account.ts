import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { acknowledgementPrefix } from '../../documents/acknowledgement';
import { sentence } from '../../kubernetes/value-rule';
import { type FieldsOf, groupField, kubernetesField, required, textField } from '../fields/field';
import { madeFrom } from './provenance';

/** The permissions of the pods on the API server. The ServiceAccount token is mounted into the pods. */
export interface ServiceAccountProps {
  /** The `rules` of a Role in the workload's namespace, as in the Kubernetes API. */
  readonly rules: readonly k8s.PolicyRule[];
  /**
   * Why the pods need the permissions. The reason acknowledges the finding of
   * `automount-service-account-token`.
   */
  readonly reason: string;
}

const accountFields: FieldsOf<ServiceAccountProps> = {
  rules: required(kubernetesField('PolicyRule[]', 'rules')),
  reason: required(textField(sentence)),
};

export const accountField = groupField<ServiceAccountProps>(accountFields);

export interface AccountHolder {
  readonly serviceAccount?: ServiceAccountProps;
}

/**
 * The ServiceAccount of a workload, with a Role and a RoleBinding if the pods have permissions on the API
 * server.
 */
export function addAccount(
  scope: Construct,
  name: string,
  labels: Record<string, string>,
  props: AccountHolder = {},
): k8s.KubeServiceAccount {
  const { serviceAccount } = props;
  const made = new k8s.KubeServiceAccount(scope, 'service-account', {
    metadata: { name, labels, ...accountAnnotations(props) },
    automountServiceAccountToken: serviceAccount !== undefined,
  });
  if (serviceAccount !== undefined) {
    new k8s.KubeRole(
      scope,
      'role',
      madeFrom({ metadata: { name, labels }, rules: [...serviceAccount.rules] }, props, {
        rules: ['serviceAccount', 'rules'],
      }),
    );
    new k8s.KubeRoleBinding(scope, 'role-binding', {
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    });
  }
  return made;
}

/**
 * The annotation that acknowledges the finding about the mounted token, for the objects whose pods mount the
 * token.
 */
export function tokenAcknowledgement({ serviceAccount }: AccountHolder): Record<string, string> {
  if (serviceAccount === undefined) return {};
  return { [`${acknowledgementPrefix}automount-service-account-token`]: serviceAccount.reason };
}

/** The acknowledgement of the mounted token as metadata, for objects without other annotations. */
export function accountAnnotations(props: AccountHolder): { annotations?: Record<string, string> } {
  const annotations = tokenAcknowledgement(props);
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}
