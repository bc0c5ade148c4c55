import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { holdsPort, policyRules } from '../../../kubernetes/policies/policy-rules';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/** Where a node's user-data lies, with the token that joins the cluster. */
const address = '169.254.169.254';

/** Where it answers: plain HTTP, and nothing else. */
const port = 80;

export const instanceMetadata = rule({
  id: 'instance-metadata',
  sentence: "No pod reaches its node's metadata.",
  why: "A node's user-data lies at 169.254.169.254, and with it what joined it to the cluster.",
  source: 'https://docs.hetzner.cloud/reference/cloud#server-metadata',
  severity: 'critical',
  fix: 'Except 169.254.0.0/16.',
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec = {} }) => {
    const rules = policyRules(spec).filter(({ direction }) => direction === 'Egress');
    if (rules.length === 0) return undefined;
    const isOpen = ({ ipBlock }: NetworkPolicyPeer): boolean =>
      ipBlock !== undefined && holds(ipBlock.cidr ?? '') && !(ipBlock.except ?? []).some(holds);
    return rules
      .filter(({ ports }) => holdsPort(ports, 'TCP', port))
      .flatMap(({ peers, peersPath }) => [
        peers.length === 0 && {
          path: peersPath,
          found: 'names no peer, and so allows every address',
          must: `name the peers, or leave out TCP port ${port}`,
        },
        ...peers.map(
          (peer, index) =>
            isOpen(peer) && { path: `${peersPath}[${index}].ipBlock`, must: `leave ${address} out` },
        ),
      ]);
  },
});

/** Whether the address lies in an IPv4 range. */
function holds(cidr: string): boolean {
  const [base = '', prefix = ''] = cidr.split('/');
  const number = (text: string) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}
