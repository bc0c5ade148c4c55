import type { KubernetesObject } from '../../documents/kubernetes';
import type { Topology } from '../../documents/topology';
import { type FlowCluster, readFlowCluster } from './cluster';
import { type Endpoint, Endpoints } from './endpoint';
import type { Direction, Grant } from './grants';
import { Network } from './network';
import { everyPort, type PortRange, rangesOf } from './ports';

/**
 * The policies that allow a connection at one end. `not isolated` is also used for addresses and for pods without a
 * manifest, whose policies are unknown.
 */
export type AllowedBy = readonly string[] | 'not isolated';

/** Connections that policies allow between two endpoints. */
export interface AllowedConnection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly ports: readonly PortRange[];
  readonly allowedBy: { readonly egress: AllowedBy; readonly ingress: AllowedBy };
}

/**
 * The connections that are possible in a cluster with these objects and no other policies. `flowAssumptions` lists
 * the assumptions about the cluster.
 *
 * @throws naming the object and the path, for a workload or policy that the API server would refuse
 */
export function analyse(objects: readonly KubernetesObject[], topology: Topology): Reachability {
  return new Reachability(readFlowCluster(objects), topology);
}

/** The connections that the policies of the manifests allow. */
export class Reachability {
  private found: readonly AllowedConnection[] | undefined;

  constructor(
    readonly cluster: FlowCluster,
    readonly topology: Topology,
  ) {}

  /**
   * All possible connections with at least one pod of a namespace in the manifests, sorted by name. Computed at the
   * first access.
   */
  get connections(): readonly AllowedConnection[] {
    this.found ??= connectionsOf(new Network(this.cluster, this.topology)).sort(byName);
    return this.found;
  }
}

/** All connections with at least one end that the manifests describe. */
export function connectionsOf(network: Network): AllowedConnection[] {
  const endpoints = new Endpoints(network);
  const between = [...network.pairs()].map(({ from, to, ports }): AllowedConnection => {
    const egress = allowedBy(network, 'egress', from, network.grantsFor('egress', from, to, ports));
    const ingress = allowedBy(network, 'ingress', to, network.grantsFor('ingress', from, to, ports));
    return connection(endpoints.ofGroup(from), endpoints.ofGroup(to), rangesOf(ports), egress, ingress);
  });
  const open = openProducts(network).map(({ from, to }) =>
    connection(endpoints.ofGroups(from), endpoints.ofGroups(to), rangesOf(everyPort)),
  );
  const described = [...network.groups.all.keys()].filter((id) => network.isDescribed(id));
  return [
    ...between,
    ...open,
    ...described.flatMap((id) => outside(network, endpoints, 'egress', id)),
    ...described.flatMap((id) => outside(network, endpoints, 'ingress', id)),
  ];
}

function outside(
  network: Network,
  endpoints: Endpoints,
  direction: Direction,
  id: number,
): AllowedConnection[] {
  const own = endpoints.ofGroup(id);
  return network.outside(direction, id).flatMap(({ addresses, ports }) =>
    endpoints.ofAddresses(addresses).map(([other, part]) => {
      const grants = network.grantsForAddresses(direction, id, { addresses: part, ports });
      const side = allowedBy(network, direction, id, grants);
      return direction === 'egress'
        ? connection(own, other, rangesOf(ports), side)
        : connection(other, own, rangesOf(ports), 'not isolated', side);
    }),
  );
}

function connection(
  from: Endpoint,
  to: Endpoint,
  ports: readonly PortRange[],
  egress: AllowedBy = 'not isolated',
  ingress: AllowedBy = 'not isolated',
): AllowedConnection {
  return { from, to, ports, allowedBy: { egress, ingress } };
}

/** Pod groups that no policy isolates, by id: each group of `from` may connect to each group of `to`. */
export interface OpenProduct {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The connections that no policy restricts, with at least one end that the manifests describe. */
export function openProducts(network: Network): OpenProduct[] {
  const { openFrom, openTo } = network;
  const described = openFrom.filter((id) => network.isDescribed(id));
  const others = openFrom.filter((id) => !network.isDescribed(id));
  const products = [
    { from: described, to: openTo },
    { from: others, to: openTo.filter((id) => network.isDescribed(id)) },
  ];
  return products.filter(({ from, to }) => from.length > 0 && to.length > 0);
}

/** The names of the policies that allow a connection at one end. */
function allowedBy(network: Network, direction: Direction, id: number, grants: readonly Grant[]): AllowedBy {
  if (network.side(direction, id).isolatedBy.length === 0) return 'not isolated';
  return [...new Set(grants.map(({ policy }) => policy))].sort();
}

function byName(a: AllowedConnection, b: AllowedConnection): number {
  return compare(sortKey(a), sortKey(b));
}

/** The sort key of a connection: pods come before addresses. */
function sortKey({ from, to }: AllowedConnection): string {
  return [from, to].map(({ kind, name }) => `${kind === 'pods' ? 0 : 1}${name}`).join('\n');
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
