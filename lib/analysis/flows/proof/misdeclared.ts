import type { Flow, Peer } from '../../../documents/flow';
import type { FlowWorkload } from '../cluster';
import { type Endpoint, type Endpoints, enumerate } from '../endpoint';
import type { Network } from '../network';
import { selectorOfPeer } from '../pods';
import { selectorMatches } from '../selector';
import type { DeclaredFlows } from './declared';
import type { Difference } from './difference';

/**
 * Finds declarations of something that policies can't be about, such as the pods of a workload on the host network.
 * They would hold, or fail, whatever the policies say.
 */
export function misdeclared(
  flows: readonly Flow[],
  network: Network,
  declared: DeclaredFlows,
  endpoints: Endpoints,
): Difference[] {
  const onHosts = network.cluster.workloads.filter(({ isOnHostNetwork }) => isOnHostNetwork);
  const peers = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const problems = new Map([...peers].map((peer) => [peer, problemOf(peer, onHosts, declared)]));
  return flows.flatMap(({ name, from, to, protocol, port }) =>
    [from, to].flatMap((peer): Difference[] => {
      const found = problems.get(peer);
      if (found === undefined) return [];
      return [
        {
          kind: 'lost',
          from: endpointsOf(from, declared, endpoints),
          to: endpointsOf(to, declared, endpoints),
          ports: [{ protocol, from: port, to: port }],
          policies: [],
          message: `${name} is declared, and ${found.problem}`,
          wayOut: found.wayOut,
        },
      ];
    }),
  );
}

function problemOf(
  peer: Peer,
  onHosts: readonly FlowWorkload[],
  declared: DeclaredFlows,
): { problem: string; wayOut: string } | undefined {
  if (peer.kind === 'addresses') {
    if (declared.meantBy(peer).addresses.length > 0) return undefined;
    const problem = `${peer.cidr} has no address that isn't a pod's`;
    return { problem, wayOut: 'Declare the pods, by their labels.' };
  }
  const selector = selectorOfPeer(peer);
  const meant = onHosts.filter(
    ({ namespace, labels }) => namespace === peer.namespace && selectorMatches(selector, labels),
  );
  if (meant.length === 0 || declared.isWorkload(peer)) return undefined;
  const objects = enumerate(meant.map(({ object }) => object));
  return {
    problem: `${objects} is on the network of its nodes, where no selector matches it`,
    wayOut:
      "Declare addresses instead: a node's own, or towards pods of other nodes its flannel interface's.",
  };
}

function endpointsOf(peer: Peer, declared: DeclaredFlows, endpoints: Endpoints): Endpoint[] {
  const { classes, addresses } = declared.meantBy(peer);
  return [
    ...classes.map((id) => endpoints.ofClass(id)),
    ...endpoints.ofAddresses(addresses).map(([endpoint]) => endpoint),
  ];
}
