import { isolatedDirections } from '../../../kubernetes/policies/policy-rules';
import { pods } from '../parts';
import { rule } from '../rule';

export const nonIsolatedPod = rule({
  id: 'non-isolated-pod',
  sentence: 'Every pod is isolated for ingress and egress by NetworkPolicies.',
  why: 'A pod that no policy selects accepts connections from everywhere and may connect to everything.',
  source:
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  severity: 'high',
  fix: 'Add a policy that selects all pods of the namespace and denies ingress and egress. Then allow the connections that are needed.',
  parts: pods,
  faults: (pod, manifests) => {
    if (pod.spec.hostNetwork === true) return undefined;
    const whole = manifests.selecting('NetworkPolicy', pod).filter(({ selected }) => selected === 'every');
    const directions = whole.flatMap(({ fields: { spec = {} } }) => isolatedDirections(spec));
    return ['Ingress', 'Egress'].map(
      (direction) =>
        !directions.includes(direction) && {
          path: '',
          found: `its pods have no NetworkPolicy for ${direction.toLowerCase()}`,
          must: 'have a NetworkPolicy for ingress and one for egress, or one for both',
        },
    );
  },
});
