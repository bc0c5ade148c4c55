import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { acknowledgementPrefix } from '../../documents/acknowledgement';
import { sentence } from '../../kubernetes/value-rule';
import { type FieldsOf, groupField, kubernetesField, required, textField } from '../fields/field';
import { madeFrom } from './provenance';

/** What the pods may do at the API server. Their account's token is mounted. */
export interface ServiceAccountProps {
  /** Kubernetes' own `rules` of a Role, in the workload's namespace. */
  readonly rules: readonly k8s.PolicyRule[];
  /** Why the pods need it. It acknowledges the finding of `automount-service-account-token`. */
  readonly reason: string;
}

const accountFields: FieldsOf<ServiceAccountProps> = {
  rules: required(kubernetesField('PolicyRule[]', 'rules')),
  reason: required(textField(sentence)),
};

export const accountField = groupField<ServiceAccountProps>(accountFields);

interface AccountHolder {
  readonly serviceAccount?: ServiceAccountProps;
}

/** The ServiceAccount of a workload, with a Role and its binding where the pods may do something at the API server. */
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

/** The annotation of the objects that mount the token: a person has decided that they do. */
export function tokenAcknowledgement({ serviceAccount }: AccountHolder): Record<string, string> {
  if (serviceAccount === undefined) return {};
  return { [`${acknowledgementPrefix}automount-service-account-token`]: serviceAccount.reason };
}

/** The same as a part of an object's metadata, where it is all that annotates the object. */
export function accountAnnotations(props: AccountHolder): { annotations?: Record<string, string> } {
  const annotations = tokenAcknowledgement(props);
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}
