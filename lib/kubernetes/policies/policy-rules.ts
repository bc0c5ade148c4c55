import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../imports/kubernetes/kinds';

export type PolicyDirection = 'Ingress' | 'Egress';

/** One element of `ingress` or `egress`. */
export interface DirectedRule {
  readonly direction: PolicyDirection;
  /** `spec.egress[0]` */
  readonly path: string;
  /** `spec.egress[0].to` */
  readonly peersPath: string;
  /** None means every peer. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** None means every port. */
  readonly ports: readonly NetworkPolicyPort[];
}

/**
 * The directions in which a policy isolates. Without `policyTypes` it isolates ingress, and egress if it has an egress
 * rule: the API server counts rules, so `egress: []` alone isolates nothing.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/v1/defaults.go
 */
export function isolatedDirections({ policyTypes = [], egress = [] }: NetworkPolicySpec): readonly string[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The rules of the directions in which a policy isolates; those of the other direction allow nothing. */
export function policyRules(spec: NetworkPolicySpec): DirectedRule[] {
  const directions = isolatedDirections(spec);
  const ingress = (spec.ingress ?? []).map(({ from = [], ports = [] }, index): DirectedRule => {
    const path = `spec.ingress[${index}]`;
    return { direction: 'Ingress', path, peersPath: `${path}.from`, peers: from, ports };
  });
  const egress = (spec.egress ?? []).map(({ to = [], ports = [] }, index): DirectedRule => {
    const path = `spec.egress[${index}]`;
    return { direction: 'Egress', path, peersPath: `${path}.to`, peers: to, ports };
  });
  return [...ingress, ...egress].filter(({ direction }) => directions.includes(direction));
}

/** The protocol of a rule's port: TCP where it states none. */
export function protocolOf({ protocol = 'TCP' }: NetworkPolicyPort): string {
  return protocol;
}

/** Whether ports of a rule hold a number. Of a name the pods decide; it counts as no number. */
export function holdsPort(ports: readonly NetworkPolicyPort[], protocol: string, number: number): boolean {
  return (
    ports.length === 0 ||
    ports.some((each) => {
      const { port, endPort } = each;
      if (protocolOf(each) !== protocol || typeof port === 'string') return false;
      return port === undefined || (port <= number && number <= (endPort ?? port));
    })
  );
}
