import type { LabelSelector } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { matches } from '../workloads/selector';

/** The label that the API server gives to every namespace: its name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** The namespaces of every cluster. Nothing gives them labels but their names. */
const ownNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * Whether the manifests tell which namespaces a selector matches. They do where it asks for a name under another label
 * than `kubernetes.io/metadata.name`, and where they describe namespaces and it asks for labels of its own.
 */
export function isNamespaceKnown(selector: LabelSelector, manifests: Manifests): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const asked = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, values: [value] })),
    ...matchExpressions.flatMap(({ key = '', operator, values = [] }) =>
      operator === 'In' || operator === 'Exists' ? { key, values } : [],
    ),
  ].filter(({ key }) => key !== namespaceNameLabel);
  const isName = (value: string): boolean =>
    ownNamespaces.includes(value) || manifests.all.some((object) => namespaceOf(object) === value);
  return asked.some(({ values }) => manifests.of('Namespace').length > 0 || values.some(isName));
}

/** Whether a selector matches a namespace that the manifests describe, by its labels and its name. */
export function selectsNamespace(selector: LabelSelector, manifests: Manifests): boolean {
  return manifests
    .of('Namespace')
    .some(({ object: { metadata } }) =>
      matches(selector, { ...metadata.labels, [namespaceNameLabel]: metadata.name }),
    );
}
