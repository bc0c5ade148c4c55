import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import { isNamespaceKnown, selectsNamespace } from '../../../kubernetes/policies/namespaces';
import { policyRules } from '../../../kubernetes/policies/policy-rules';
import { describeSelector, isEmpty } from '../../../kubernetes/workloads/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const danglingNetworkpolicypeer = rule({
  id: 'dangling-networkpolicypeer',
  sentence:
    'The peers that a NetworkPolicy names exist: pods of its own namespace, and namespaces with the labels that it asks for.',
  why: 'A peer that matches nothing lets nothing through: the connection that was meant fails.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-networkpolicypeer-podselector',
  severity: 'medium',
  fix: "Correct the peer's selector, or remove the peer. A namespace always has the label kubernetes.io/metadata.name: <its name>, and no other by itself.",
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec = {} }, manifests, { object }) => {
    const arePodsLost = ({ podSelector, namespaceSelector }: NetworkPolicyPeer): boolean =>
      podSelector !== undefined &&
      namespaceSelector === undefined &&
      !isEmpty(podSelector) &&
      manifests.pods.matching(namespaceOf(object), podSelector).length === 0;
    return policyRules(spec).flatMap(({ peers, peersPath }) =>
      peers.flatMap((peer, index) => {
        const { namespaceSelector } = peer;
        const path = `${peersPath}[${index}]`;
        const isNamespaceLost =
          namespaceSelector !== undefined &&
          isNamespaceKnown(namespaceSelector, manifests) &&
          !selectsNamespace(namespaceSelector, manifests);
        return [
          arePodsLost(peer) && { path: `${path}.podSelector`, must: 'match pods of the namespace' },
          isNamespaceLost && {
            path: `${path}.namespaceSelector`,
            found: `asks for ${describeSelector(namespaceSelector)}, which no Namespace has`,
            must: 'match a namespace',
          },
        ];
      }),
    );
  },
});
