import type { LabelSelector } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { matches } from '../workloads/selector';

/** The label that the API server sets on every namespace. Its value is the name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** The namespaces that every cluster has. They have no other labels by default. */
const ownNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * Whether the manifests decide which namespaces a selector matches: it asks for another label than
 * `kubernetes.io/metadata.name`, and either asks for a namespace's name under it, or the manifests define namespaces.
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

/** Whether a selector matches a namespace of the manifests, by its labels and its name. */
export function selectsNamespace(selector: LabelSelector, manifests: Manifests): boolean {
  return manifests
    .of('Namespace')
    .some(({ object: { metadata } }) =>
      matches(selector, { ...metadata.labels, [namespaceNameLabel]: metadata.name }),
    );
}
