import type { Flow, Peer } from '../../../documents/flow';
import type { FlowWorkload } from '../cluster';
import { type Endpoint, type Endpoints, enumerate } from '../endpoint';
import type { Network } from '../network';
import { selectorOfPeer } from '../pods';
import { selectorMatches } from '../selector';
import type { DeclaredFlows } from './declared';
import type { Difference } from './difference';

/** Declarations that policies cannot enforce, such as for pods on the host network. Each cause is one difference. */
export function misdeclared(
  flows: readonly Flow[],
  network: Network,
  declared: DeclaredFlows,
  endpoints: Endpoints,
): Difference[] {
  const onHosts = network.cluster.workloads.filter(({ isOnHostNetwork }) => isOnHostNetwork);
  const peers = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const problems = new Map([...peers].map((peer) => [peer, problemOf(peer, onHosts, declared)]));
  const byProblem = new Map<string, { readonly wayOut: string; readonly flows: Flow[] }>();
  for (const flow of flows) {
    for (const peer of new Set([flow.from, flow.to])) {
      const found = problems.get(peer);
      if (found === undefined) continue;
      const group = byProblem.get(found.problem) ?? { wayOut: found.wayOut, flows: [] };
      byProblem.set(found.problem, group);
      group.flows.push(flow);
    }
  }
  return [...byProblem].map(([problem, { wayOut, flows: broken }]) => ({
    kind: 'lost',
    from: broken.flatMap(({ from }) => endpointsOf(from, declared, endpoints)),
    to: broken.flatMap(({ to }) => endpointsOf(to, declared, endpoints)),
    ports: broken.map(({ protocol, port }) => ({ protocol, from: port, to: port })),
    policies: [],
    message: `${namesOf(broken)} declared, but ${problem}`,
    wayOut,
  }));
}

function namesOf(flows: readonly Flow[]): string {
  const [first, ...others] = [...new Set(flows.map(({ name }) => name))];
  if (others.length === 0) return `${first} is`;
  return `${first} and ${others.length === 1 ? 'one more connection' : `${others.length} more connections`} are`;
}

function problemOf(
  peer: Peer,
  onHosts: readonly FlowWorkload[],
  declared: DeclaredFlows,
): { problem: string; wayOut: string } | undefined {
  if (peer.kind === 'addresses') {
    if (declared.resolvePeer(peer).addresses.length > 0) return undefined;
    const problem = `${peer.cidr} contains only pod addresses`;
    return { problem, wayOut: 'Declare the pods by their labels.' };
  }
  const selector = selectorOfPeer(peer);
  const meant = onHosts.filter(
    ({ namespace, labels }) => namespace === peer.namespace && selectorMatches(selector, labels),
  );
  if (meant.length === 0 || declared.isWorkload(peer)) return undefined;
  const objects = enumerate(meant.map(({ object }) => object));
  return {
    problem: `the pods of ${objects} use the host network, so no selector of a policy matches them`,
    wayOut:
      'Declare addresses instead: the addresses of the nodes or, for connections to pods on other nodes, of the flannel interfaces.',
  };
}

function endpointsOf(peer: Peer, declared: DeclaredFlows, endpoints: Endpoints): Endpoint[] {
  const { groups, addresses } = declared.resolvePeer(peer);
  return [
    ...groups.map((id) => endpoints.ofGroup(id)),
    ...endpoints.ofAddresses(addresses).map(([endpoint]) => endpoint),
  ];
}
