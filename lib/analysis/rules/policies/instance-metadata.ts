import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../../imports/kubernetes/kinds';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/** Where a node's user-data lies, with the token that joins the cluster. */
const address = '169.254.169.254';

export const instanceMetadata = rule({
  id: 'instance-metadata',
  sentence: "No pod reaches its node's metadata.",
  why: "A node's user-data lies at 169.254.169.254, and with it what joined it to the cluster.",
  source: 'https://docs.hetzner.cloud/reference/cloud#server-metadata',
  severity: 'critical',
  fix: 'Except 169.254.0.0/16.',
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec: { egress, policyTypes } = {} }) => {
    if (egress === undefined || policyTypes?.includes('Egress') === false) return undefined;
    const isOpen = ({ ipBlock }: NetworkPolicyPeer): boolean =>
      ipBlock !== undefined && holds(ipBlock.cidr ?? '') && !(ipBlock.except ?? []).some(holds);
    return egress.flatMap(({ to = [], ports = [] }, index) => {
      if (!mayReachHttp(ports)) return [];
      return [
        to.length === 0 && {
          path: `spec.egress[${index}].to`,
          found: 'names nobody, and so everybody',
          must: 'name whom it lets reach',
        },
        ...to.map(
          (peer, each) =>
            isOpen(peer) && {
              path: `spec.egress[${index}].to[${each}].ipBlock`,
              must: `leave ${address} out`,
            },
        ),
      ];
    });
  },
});

/** The metadata server listens on port 80 of TCP alone; a named port is one of a pod. */
function mayReachHttp(ports: readonly NetworkPolicyPort[]): boolean {
  if (ports.length === 0) return true;
  return ports.some(({ port = 80, endPort = port, protocol = 'TCP' }) => {
    const isWithin = typeof port === 'number' && port <= 80 && 80 <= Number(endPort);
    return protocol === 'TCP' && isWithin;
  });
}

/** Whether the address lies in an IPv4 range. */
function holds(cidr: string): boolean {
  const [base = '', prefix = ''] = cidr.split('/');
  const number = (text: string) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}
