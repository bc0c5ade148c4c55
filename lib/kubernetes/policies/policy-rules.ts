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
  /** Without peers the rule applies to every peer. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** Without ports the rule applies to every port. */
  readonly ports: readonly NetworkPolicyPort[];
}

/**
 * The directions that a policy isolates. Without `policyTypes` these are ingress, and egress if there is an egress
 * rule: with `egress: []` alone, egress is not isolated.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/v1/defaults.go
 */
export function isolatedDirections({ policyTypes = [], egress = [] }: NetworkPolicySpec): readonly string[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The rules of the isolated directions. Rules of the other direction have no effect. */
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

/** The protocol of a rule's port. The default is TCP. */
export function protocolOf({ protocol = 'TCP' }: NetworkPolicyPort): string {
  return protocol;
}

/** Whether the ports of a rule contain a number. A port name is resolved by the pods, and counts as no number. */
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
