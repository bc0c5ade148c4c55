import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../imports/kubernetes/kinds';

export type PolicyDirection = 'Ingress' | 'Egress';

/** One item of a policy's `ingress` or `egress` list. */
export interface DirectedRule {
  readonly direction: PolicyDirection;
  /** `spec.egress[0]` */
  readonly path: string;
  /** `spec.egress[0].to` */
  readonly peersPath: string;
  /** An empty list means every peer. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** An empty list means every port. */
  readonly ports: readonly NetworkPolicyPort[];
}

/**
 * The directions that a policy isolates. Without `policyTypes`, a policy isolates ingress; it also isolates
 * egress if it has an egress rule. An empty list `egress: []` does not isolate egress.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/v1/defaults.go
 */
export function isolatedDirections({ policyTypes = [], egress = [] }: NetworkPolicySpec): readonly string[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The rules of the isolated directions. The rules of a direction that is not isolated have no effect. */
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

export function protocolOf({ protocol = 'TCP' }: NetworkPolicyPort): string {
  return protocol;
}

/**
 * Whether a list of ports allows a port number. A port name allows no number here, because each pod resolves
 * the name itself.
 */
export function allowsPort(ports: readonly NetworkPolicyPort[], protocol: string, number: number): boolean {
  return (
    ports.length === 0 ||
    ports.some((each) => {
      const { port, endPort } = each;
      if (protocolOf(each) !== protocol || typeof port === 'string') return false;
      return port === undefined || (port <= number && number <= (endPort ?? port));
    })
  );
}
