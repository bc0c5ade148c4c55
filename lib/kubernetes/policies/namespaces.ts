import type { LabelSelector } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { matches } from '../workloads/selector';

/** The label that the API server sets on every namespace. The value of the label is the namespace's name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/**
 * The namespaces that exist in every cluster. By default they have only the label
 * `kubernetes.io/metadata.name`.
 */
const ownNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * Whether the manifests are sufficient to decide which namespaces a selector matches. The selector must
 * require a label other than `kubernetes.io/metadata.name`; and the manifests must define namespaces, or the
 * required value must be the name of a known namespace.
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

/** Whether a selector matches any namespace of the manifests. */
export function selectsNamespace(selector: LabelSelector, manifests: Manifests): boolean {
  return manifests
    .of('Namespace')
    .some(({ object: { metadata } }) =>
      matches(selector, { ...metadata.labels, [namespaceNameLabel]: metadata.name }),
    );
}
