import type { AddressSet } from './address-set';
import type { Network } from './network';
import { type FlowPod, otherNamespaces } from './pods';

/** Pods as one end of connections. */
export interface PodsEndpoint {
  readonly kind: 'pods';
  /** Short name: `api`, `any other pod of shop`, `kube-system k8s-app=kube-dns`. */
  readonly name: string;
  readonly pods: readonly PodMember[];
}

export interface PodMember {
  /** `*` for all namespaces that no manifest mentions. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The object that creates the pod, such as `Deployment shop/api`. Absent if no manifest describes the pod. */
  readonly workload?: string;
  /** `db-0` or `other pods`, if a policy distinguishes the pods of the workload. */
  readonly part?: string;
}

/** Addresses, other than those of pods, as one end of connections. */
export interface AddressesEndpoint {
  readonly kind: 'addresses';
  /** Short name: `public addresses`, `node 203.0.113.7`, `flannel addresses 10.42.0.0 to 10.42.15.0`. */
  readonly name: string;
  /** The exact addresses. A single address has no `/32`. */
  readonly cidrs: readonly string[];
}

export type Endpoint = PodsEndpoint | AddressesEndpoint;

/**
 * Creates the endpoints of connections from group ids and address sets. Equal groups and equal address sets have the
 * same endpoint object.
 */
export class Endpoints {
  private readonly groups = new WeakMap<Endpoint, readonly number[]>();
  private readonly members = new Map<number, PodMember>();
  private readonly byGroup = new Map<number, PodsEndpoint>();
  private readonly byAddresses = new Map<string, readonly (readonly [AddressesEndpoint, AddressSet])[]>();

  constructor(private readonly network: Network) {}

  ofGroup(id: number): PodsEndpoint {
    let endpoint = this.byGroup.get(id);
    if (endpoint === undefined) {
      endpoint = this.ofGroups([id]);
      this.byGroup.set(id, endpoint);
    }
    return endpoint;
  }

  /** Several groups as one endpoint. */
  ofGroups(ids: readonly number[]): PodsEndpoint {
    const pods = ids.flatMap((id) => this.network.groups.all[id]?.pods ?? []);
    const endpoint: PodsEndpoint = {
      kind: 'pods',
      name: this.nameOf(pods),
      pods: pods.map((pod) => this.member(pod)),
    };
    this.groups.set(endpoint, ids);
    return endpoint;
  }

  /** Merges the endpoints with pods into one endpoint. Endpoints with addresses stay separate. */
  mergePods(endpoints: readonly Endpoint[]): Endpoint[] {
    const ids = endpoints.flatMap((endpoint) => this.groups.get(endpoint) ?? []);
    const addresses = endpoints.filter(({ kind }) => kind === 'addresses');
    return ids.length === 0 ? addresses : [this.ofGroups(ids), ...addresses];
  }

  /** Splits addresses into named parts. */
  ofAddresses(addresses: AddressSet): readonly (readonly [AddressesEndpoint, AddressSet])[] {
    const { space } = this.network;
    const key = addresses.map(({ from, to }) => `${from}-${to}`).join();
    let endpoints = this.byAddresses.get(key);
    if (endpoints === undefined) {
      endpoints = space
        .name(addresses)
        .map(
          ({ name, addresses: part }) =>
            [{ kind: 'addresses', name, cidrs: space.cidrs(part) }, part] as const,
        );
      this.byAddresses.set(key, endpoints);
    }
    return endpoints;
  }

  private member(pod: FlowPod): PodMember {
    const { id, namespace, labels, workload, part } = pod;
    let member = this.members.get(id);
    if (member === undefined) {
      member = {
        namespace,
        labels: Object.fromEntries(labels),
        ...(workload === undefined ? {} : { workload }),
        ...(part === undefined ? {} : { part }),
      };
      this.members.set(id, member);
    }
    return member;
  }

  private nameOf(pods: readonly FlowPod[]): string {
    const counts = new Map<string, number>();
    for (const { namespace } of pods) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    const isWhole = ({ namespace }: FlowPod): boolean =>
      (counts.get(namespace) ?? 0) > 1 && counts.get(namespace) === this.network.pods.of(namespace).length;
    return enumerate([
      ...new Set(pods.map((pod) => (isWhole(pod) ? wholeNamespace(pod.namespace) : pod.name))),
    ]);
  }
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 5 others`. */
export function enumerate(words: readonly string[], most = 4): string {
  const shown = words.length > most ? words.slice(0, most - 1) : words.slice(0, -1);
  const last = words.length > most ? `${words.length - shown.length} others` : words.at(-1);
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
}

function wholeNamespace(namespace: string): string {
  return namespace === otherNamespaces ? 'pods of other namespaces' : `any pod of ${namespace}`;
}
