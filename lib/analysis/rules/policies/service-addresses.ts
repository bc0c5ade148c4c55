import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { contains } from '../../../documents/cidr';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/** From where k3s and kubeadm give addresses to Services by default. */
const serviceRanges = ['10.43.0.0/16', '10.96.0.0/12'];

export const serviceAddresses = rule({
  id: 'service-addresses',
  sentence: 'A NetworkPolicy names no address of a Service.',
  why: 'Policies see the address and port of the pod or node behind a Service: the rule lets nothing through.',
  source:
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  severity: 'high',
  fix: 'Select the pods behind the Service; for the API server name the addresses of the control plane, with port 6443.',
  rare: true,
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec: { egress = [] } = {} }) => {
    const isService = ({ ipBlock }: NetworkPolicyPeer): boolean =>
      serviceRanges.some((range) => contains(range, ipBlock?.cidr ?? ''));
    return egress.flatMap(({ to = [] }, index) =>
      to.map(
        (peer, each) =>
          isService(peer) && {
            path: `spec.egress[${index}].to[${each}].ipBlock.cidr`,
            must: 'be a range of pods or nodes: it lies among the addresses of Services',
          },
      ),
    );
  },
});
