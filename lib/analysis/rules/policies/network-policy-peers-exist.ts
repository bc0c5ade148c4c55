import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import { isEmpty } from '../../../kubernetes/workloads/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const networkPolicyPeersExist = rule({
  id: 'network-policy-peers-exist',
  sentence: 'Whom a NetworkPolicy names of its own namespace is there.',
  why: 'A peer that matches nobody lets nobody through: the connection that was meant fails.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-networkpolicypeer-podselector',
  severity: 'medium',
  fix: "Mend the peer's podSelector, or remove it.",
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec: { ingress = [], egress = [] } = {} }, manifests, { object }) => {
    const isLost = ({ podSelector, namespaceSelector }: NetworkPolicyPeer): boolean =>
      podSelector !== undefined &&
      namespaceSelector === undefined &&
      !isEmpty(podSelector) &&
      manifests.pods.matching(namespaceOf(object), podSelector).length === 0;
    const must = 'match pods of the namespace';
    return [
      ...ingress.flatMap(({ from = [] }, index) =>
        from.map(
          (peer, each) => isLost(peer) && { path: `spec.ingress[${index}].from[${each}].podSelector`, must },
        ),
      ),
      ...egress.flatMap(({ to = [] }, index) =>
        to.map(
          (peer, each) => isLost(peer) && { path: `spec.egress[${index}].to[${each}].podSelector`, must },
        ),
      ),
    ];
  },
});
