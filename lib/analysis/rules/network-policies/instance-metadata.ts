import type { NetworkPolicyPeer } from '../../../../imports/kubernetes/kinds';
import { allowsPort, policyRules } from '../../../kubernetes/policies/policy-rules';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/**
 * The metadata service of a Hetzner server. It returns the user-data, which contains the token that joins the
 * cluster.
 */
const address = '169.254.169.254';

/** The metadata service answers plain HTTP only. */
const port = 80;

export const instanceMetadata = rule({
  id: 'instance-metadata',
  sentence: 'No pod can connect to the metadata service of its node.',
  why: 'The metadata service at 169.254.169.254 returns the user-data of the node, including the token that joins the cluster.',
  source: 'https://docs.hetzner.cloud/reference/cloud#server-metadata',
  severity: 'critical',
  fix: 'Add 169.254.0.0/16 to the except list of the ipBlock.',
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec = {} }) => {
    const rules = policyRules(spec).filter(({ direction }) => direction === 'Egress');
    if (rules.length === 0) return undefined;
    const isOpen = ({ ipBlock }: NetworkPolicyPeer): boolean =>
      ipBlock !== undefined &&
      containsMetadataAddress(ipBlock.cidr ?? '') &&
      !(ipBlock.except ?? []).some(containsMetadataAddress);
    return rules
      .filter(({ ports }) => allowsPort(ports, 'TCP', port))
      .flatMap(({ peers, peersPath }) => [
        peers.length === 0 && {
          path: peersPath,
          found: 'has no peer, so it allows every address',
          must: `have peers, or not allow TCP port ${port}`,
        },
        ...peers.map(
          (peer, index) =>
            isOpen(peer) && {
              path: `${peersPath}[${index}].ipBlock`,
              must: `exclude ${address} with except`,
            },
        ),
      ]);
  },
});

function containsMetadataAddress(cidr: string): boolean {
  const [base = '', prefix = ''] = cidr.split('/');
  const number = (text: string) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}
