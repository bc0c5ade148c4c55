import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import { isNamespaceKnown, selectsNamespace } from '../../../kubernetes/policies/namespaces';
import { policyRules } from '../../../kubernetes/policies/policy-rules';
import { describeSelector, isEmpty } from '../../../kubernetes/workloads/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const danglingNetworkpolicypeer = rule({
  id: 'dangling-networkpolicypeer',
  sentence: 'Every peer of a NetworkPolicy matches existing pods or namespaces.',
  why: 'A peer that matches nothing allows no connection.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-networkpolicypeer-podselector',
  severity: 'medium',
  fix: 'Correct the selector of the peer, or remove the peer. By default, a namespace has only the label kubernetes.io/metadata.name, whose value is the name of the namespace.',
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
            found: `is ${describeSelector(namespaceSelector)}, which matches no Namespace`,
            must: 'match a namespace',
          },
        ];
      }),
    );
  },
});
