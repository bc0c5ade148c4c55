import { isServer } from '../../../deployment/config/schema/node-role';
import type { Deployment } from '../../../deployment/config/schema/schema';
import { podCidr, serviceCidr } from '../../../kubernetes/k3s-network';
import { type AdoptAnswer, type AdoptResolver, notFound } from '../resolver';
import { agreedAnswer, type NodeCandidate } from './agreed-answer';
import type { NodesConnection } from './connection';
import { opensPort, readUfwStatus, type UfwRule } from './ufw-status';

const apiServerPort = 6443;

/** Finds the ranges from which the nodes' firewall allows SSH and the Kubernetes API. */
export const networksResolver: AdoptResolver<NodesConnection> = {
  path: 'access.networks',
  foundIn:
    'the ranges that `ufw` lets in to the SSH ports and to 6443, without the nodes and pods: the same for each port and node',
  command: ({ deployment: { nodes, access } }) =>
    `ssh ${Object.keys(nodes)[0]} sudo ${status.join(' ')} | grep -E '${[...access.sshPorts, apiServerPort].join('|')}'`,
  async find(value, connection) {
    const { nodes } = value.deployment;
    const texts = await connection.read(Object.keys(nodes), status);
    const candidates: NodeCandidate[] = [];
    for (const [node, text] of texts) {
      const rules = readUfwStatus(text);
      if (rules === undefined)
        return notFound(
          'missing',
          `ufw is not active on ${node}; set access.networks to the ranges that may log on`,
        );
      const read = candidatesOf(value.deployment, node, rules);
      if (!Array.isArray(read)) return read;
      candidates.push(...read);
    }
    return agreedAnswer(value, candidates);
  },
};

const status = ['ufw', 'status'];

/** The allowed ranges of each port of one node. */
function candidatesOf(
  { nodes, access }: Deployment,
  node: string,
  rules: readonly UfwRule[],
): NodeCandidate[] | Exclude<AdoptAnswer, { kind: 'found' }> {
  const peers = new Set([
    ...Object.values(nodes).map(({ address }) => `${address}/32`),
    ...Object.values(nodes).flatMap(({ privateAddress }) =>
      privateAddress === undefined ? [] : [`${privateAddress}/32`],
    ),
    podCidr,
    serviceCidr,
  ]);
  const runsApiServer = isServer(nodes[node] ?? {});
  const candidates: NodeCandidate[] = [];
  for (const port of [...access.sshPorts, ...(runsApiServer ? [apiServerPort] : [])]) {
    const opening = rules.filter((rule) => opensPort(rule, port));
    if (opening.some(({ from }) => from === undefined))
      return notFound(
        'unusable',
        `ufw allows every address on port ${port} of ${node}, so your ranges are not in its rules; set access.networks to your ranges`,
      );
    const ranges = [
      ...new Set(opening.flatMap(({ from }) => (from === undefined || peers.has(from) ? [] : [from]))),
    ];
    const shown = ranges.length === 0 ? 'no range' : ranges.join(', ');
    candidates.push({
      origin: `port ${port} of ${node}`,
      key: [...ranges].sort().join(),
      value: ranges,
      shown,
    });
  }
  return candidates;
}
