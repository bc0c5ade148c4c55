import { type AddressSet, addressesOfBlocks } from './address-set';
import type { AddressSpace } from './address-space';
import { union } from './intervals';
import type { GroupSet, PodGroups } from './pod-groups';
import type { FlowPods } from './pods';
import type { IpBlock, Policy, PolicyPort, PolicyRule } from './policy';
import { everyPort, everyPortOf, type PortSet, type Protocol, portsOf } from './ports';

export type Direction = 'egress' | 'ingress';

/** The peers and ports that one rule of a policy allows in one direction. */
export interface Grant {
  /** Name of the policy, with a remark if the grant is for the other direction of a rule. */
  readonly policy: string;
  /** The rule that allows the connections, by its path in the policy. */
  readonly rule: { readonly policy: string; readonly path: string };
  readonly pods: GroupSet;
  readonly addresses: AddressSet;
  /** The allowed ports if the server is this group of pods. */
  readonly portsAt: (server: number) => PortSet;
  /** The allowed ports if the server is an address. */
  readonly portsOutside: PortSet;
}

/** The policies for one pod group in one direction. */
export interface DirectionGrants {
  /** The policies that isolate the group. Without such policies, every connection is allowed. */
  readonly isolatedBy: Policy[];
  readonly grants: Grant[];
}

const nothing: AddressSet = [];
const noPods: GroupSet = new Set();
const noPort: PortSet = [];

/**
 * The connections that policies allow, rule by rule, as kube-router (v2.6.3) of k3s enforces the policies. In these
 * points kube-router allows more than Kubernetes specifies:
 *
 * - kube-router creates one iptables chain for a policy with both policyTypes, and applies the chain to the pods in
 * both directions. Between two pods that the policy selects, a rule of one direction also allows the other direction.
 * - If a rule for pods has only port names, and no selected pod has a port with such a name, the rule allows every
 * port.
 * - An egress rule without peers and with a port name allows, for every destination, the port numbers that have this
 * name in the namespace of the policy. An egress rule with ipBlocks and a port name allows nothing.
 * - The ipBlocks of one rule are one set (`addressesOfBlocks`).
 *
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/pod.go (setupPodNetpolRules)
 */
export class Grants {
  readonly egress: readonly DirectionGrants[];
  readonly ingress: readonly DirectionGrants[];
  private readonly allPods: GroupSet;
  private readonly blocks = new Map<string, { addresses: AddressSet; pods: GroupSet }>();

  constructor(
    policies: readonly Policy[],
    private readonly pods: FlowPods,
    private readonly groups: PodGroups,
    private readonly space: AddressSpace,
  ) {
    this.allPods = new Set(groups.all.keys());
    this.egress = groups.all.map(() => ({ isolatedBy: [], grants: [] }));
    this.ingress = groups.all.map(() => ({ isolatedBy: [], grants: [] }));
    for (const policy of policies) this.add(policy);
  }

  private add(policy: Policy): void {
    const subjects = this.groups.of(this.pods.matching(policy.namespace, policy.subject));
    const egress = this.grantsOf(policy, 'egress');
    const ingress = this.grantsOf(policy, 'ingress');
    if (policy.egress !== undefined) isolate(this.egress, subjects, policy, egress);
    if (policy.ingress !== undefined) isolate(this.ingress, subjects, policy, ingress);
    if (policy.egress === undefined || policy.ingress === undefined) return;
    for (const grant of egress) this.addReverse(this.ingress, subjects, grant);
    for (const grant of ingress) this.addReverse(this.egress, subjects, grant);
  }

  /** Between two pods that one policy selects, each of its rules also allows the other direction (see above). */
  private addReverse(sides: readonly DirectionGrants[], subjects: GroupSet, grant: Grant): void {
    const policy = `${grant.policy} (through a rule for the other direction)`;
    const reverse = { ...grant, policy, pods: subjects, addresses: nothing, portsOutside: noPort };
    for (const id of smaller(subjects, grant.pods)) {
      if (subjects.has(id) && grant.pods.has(id)) sides[id]?.grants.push(reverse);
    }
  }

  private grantsOf(policy: Policy, direction: Direction): Grant[] {
    return (policy[direction] ?? []).flatMap((rule) => [
      ...this.grantToAll(policy, direction, rule),
      ...this.grantToSelected(policy, direction, rule),
      ...this.grantToBlocks(policy, direction, rule),
    ]);
  }

  private grantToAll(policy: Policy, direction: Direction, rule: PolicyRule): Grant[] {
    if (!rule.isForAll) return [];
    const { everything } = this.space;
    if (direction === 'ingress') {
      return [this.grant(policy, rule, this.allPods, everything, this.portsByName(rule.ports), noPort)];
    }
    const ports = union(
      unnamedPorts(rule.ports),
      this.namedPorts(this.pods.of(policy.namespace), rule.ports),
    );
    return [this.grant(policy, rule, this.allPods, everything, () => ports, ports)];
  }

  private grantToSelected(policy: Policy, direction: Direction, rule: PolicyRule): Grant[] {
    const { selections, ports } = rule;
    const lists = selections.map((selection) => this.pods.selectedBy(selection, policy));
    const [only] = lists;
    const peers = lists.length === 1 && only !== undefined ? only : lists.flat();
    if (peers.length === 0) return [];
    const answering = direction === 'egress' ? peers : this.pods.matching(policy.namespace, policy.subject);
    const isOpen = unnamedPorts(ports).length === 0 && this.namedPorts(answering, ports).length === 0;
    const portsAt = isOpen ? () => everyPort : this.portsByName(ports);
    return [this.grant(policy, rule, this.groups.of(peers), nothing, portsAt, noPort)];
  }

  private grantToBlocks(policy: Policy, direction: Direction, rule: PolicyRule): Grant[] {
    const { blocks, ports } = rule;
    if (blocks.length === 0) return [];
    const { addresses, pods } = this.peersOfBlocks(blocks);
    if (direction === 'ingress')
      return [this.grant(policy, rule, pods, addresses, this.portsByName(ports), noPort)];
    const numbers = unnamedPorts(ports);
    return [this.grant(policy, rule, pods, addresses, () => numbers, numbers)];
  }

  private peersOfBlocks(blocks: readonly IpBlock[]): { addresses: AddressSet; pods: GroupSet } {
    const key = JSON.stringify(blocks);
    let peers = this.blocks.get(key);
    if (peers === undefined) {
      const addresses = addressesOfBlocks(blocks);
      const pods = this.space.reachesPods(addresses) ? this.allPods : noPods;
      peers = { addresses: this.space.outside(addresses), pods };
      this.blocks.set(key, peers);
    }
    return peers;
  }

  private grant(
    { name: policy }: Policy,
    { path }: PolicyRule,
    pods: GroupSet,
    addresses: AddressSet,
    portsAt: Grant['portsAt'],
    portsOutside: PortSet,
  ): Grant {
    return { policy, rule: { policy, path }, pods, addresses, portsAt, portsOutside };
  }

  /**
   * The ports of a rule, by the pod group that is the server. The pods of the group resolve a port name. If these
   * pods are unknown, a port name allows every port.
   */
  private portsByName(ports: readonly PolicyPort[]): Grant['portsAt'] {
    const numbers = unnamedPorts(ports);
    if (!ports.some(({ port }) => typeof port === 'string')) return () => numbers;
    return (answering) => {
      const pods = this.groups.all[answering]?.pods ?? [];
      const named = this.namedPorts(
        pods.map(({ id }) => id),
        ports,
      );
      const isKnown = pods.every((pod) => pod.ports !== undefined);
      return isKnown ? union(numbers, named) : union(numbers, named, anyNamed(ports));
    };
  }

  /** The port numbers to which the pods resolve port names. */
  private namedPorts(pods: readonly number[], ports: readonly PolicyPort[]): PortSet {
    const named = ports.filter(({ port }) => typeof port === 'string');
    if (named.length === 0) return noPort;
    const found = pods.flatMap((id) => this.pods.all[id]?.ports ?? []);
    return union(
      ...found
        .filter(({ name, protocol }) =>
          named.some((each) => each.port === name && each.protocol === protocol),
        )
        .map(({ protocol, port }) => portsOf(protocol, port, port)),
    );
  }
}

function isolate(
  sides: readonly DirectionGrants[],
  subjects: GroupSet,
  policy: Policy,
  grants: readonly Grant[],
): void {
  for (const id of subjects) {
    sides[id]?.isolatedBy.push(policy);
    sides[id]?.grants.push(...grants);
  }
}

function smaller(a: GroupSet, b: GroupSet): GroupSet {
  return a.size < b.size ? a : b;
}

/** The ports of a rule without its named ports. A rule without ports allows every port. */
function unnamedPorts(ports: readonly PolicyPort[]): PortSet {
  if (ports.length === 0) return everyPort;
  return union(
    ...ports.map(({ protocol, port, endPort }) => {
      if (typeof port === 'string') return noPort;
      return port === undefined ? everyPortOf(protocol) : portsOf(protocol, port, endPort ?? port);
    }),
  );
}

function anyNamed(ports: readonly PolicyPort[]): PortSet {
  const protocols = ports
    .filter(({ port }) => typeof port === 'string')
    .map(({ protocol }): Protocol => protocol);
  return union(...protocols.map(everyPortOf));
}
