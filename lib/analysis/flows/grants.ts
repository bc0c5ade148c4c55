import { type AddressSet, addressesOfBlocks } from './address-set';
import type { AddressSpace } from './address-space';
import type { Classes, ClassSet } from './classes';
import { union } from './intervals';
import type { FlowPods } from './pods';
import type { IpBlock, Policy, PolicyPort, PolicyRule } from './policy';
import { everyPort, everyPortOf, type PortSet, type Protocol, portsOf } from './ports';

export type Direction = 'egress' | 'ingress';

/** What one policy allows the pods of a class in one direction: peers and ports. */
export interface Grant {
  /** Name of the policy. A remark follows if the grant is for the other direction. */
  readonly policy: string;
  /** The rule that allows it, by the name of its policy and the path in it. */
  readonly rule: { readonly policy: string; readonly path: string };
  readonly pods: ClassSet;
  readonly addresses: AddressSet;
  /** The ports of a class of pods, the server. */
  readonly portsAt: (answering: number) => PortSet;
  /** The ports of addresses that are servers. */
  readonly portsOutside: PortSet;
}

/** The policies of one class in one direction. */
export interface DirectionGrants {
  /** The policies that isolate the class. If there are none, every connection is allowed. */
  readonly isolatedBy: Policy[];
  readonly grants: Grant[];
}

const nothing: AddressSet = [];
const noPods: ClassSet = new Set();
const noPort: PortSet = [];

/**
 * The connections that policies allow, rule by rule, as kube-router (v2.6.3) of k3s enforces them. kube-router differs
 * from Kubernetes in these points, and allows more in each of them:
 *
 * - A policy with both policyTypes is one iptables chain, which applies to its pods in both directions. Between two
 *   pods that the policy selects, a rule of one direction also allows the other direction.
 * - If a rule for pods has only port names, and no selected pod has these names, the rule allows every port.
 * - An egress rule without peers on a named port allows the numbers that the name has in the policy's own namespace,
 *   at every destination. An egress rule for ipBlocks with a named port allows nothing.
 * - The ipBlocks of one rule are one set (`addressesOfBlocks`).
 *
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/pod.go (setupPodNetpolRules)
 */
export class Grants {
  readonly egress: readonly DirectionGrants[];
  readonly ingress: readonly DirectionGrants[];
  private readonly allPods: ClassSet;
  private readonly blocks = new Map<string, { addresses: AddressSet; pods: ClassSet }>();

  constructor(
    policies: readonly Policy[],
    private readonly pods: FlowPods,
    private readonly classes: Classes,
    private readonly space: AddressSpace,
  ) {
    this.allPods = new Set(classes.all.keys());
    this.egress = classes.all.map(() => ({ isolatedBy: [], grants: [] }));
    this.ingress = classes.all.map(() => ({ isolatedBy: [], grants: [] }));
    for (const policy of policies) this.add(policy);
  }

  private add(policy: Policy): void {
    const subjects = this.classes.of(this.pods.matching(policy.namespace, policy.subject));
    const egress = this.grantsOf(policy, 'egress');
    const ingress = this.grantsOf(policy, 'ingress');
    if (policy.egress !== undefined) isolate(this.egress, subjects, policy, egress);
    if (policy.ingress !== undefined) isolate(this.ingress, subjects, policy, ingress);
    if (policy.egress === undefined || policy.ingress === undefined) return;
    for (const grant of egress) this.addReverse(this.ingress, subjects, grant);
    for (const grant of ingress) this.addReverse(this.egress, subjects, grant);
  }

  /** Adds grants for the other direction, which a rule also allows for peers that its policy selects. */
  private addReverse(sides: readonly DirectionGrants[], subjects: ClassSet, grant: Grant): void {
    const policy = `${grant.policy} (through its rules for the other direction)`;
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
    const ports = union(numbersOf(rule.ports), this.numbersIn(this.pods.of(policy.namespace), rule.ports));
    return [this.grant(policy, rule, this.allPods, everything, () => ports, ports)];
  }

  private grantToSelected(policy: Policy, direction: Direction, rule: PolicyRule): Grant[] {
    const { selections, ports } = rule;
    const lists = selections.map((selection) => this.pods.selectedBy(selection, policy));
    const [only] = lists;
    const peers = lists.length === 1 && only !== undefined ? only : lists.flat();
    if (peers.length === 0) return [];
    const answering = direction === 'egress' ? peers : this.pods.matching(policy.namespace, policy.subject);
    const isOpen = numbersOf(ports).length === 0 && this.numbersIn(answering, ports).length === 0;
    const portsAt = isOpen ? () => everyPort : this.portsByName(ports);
    return [this.grant(policy, rule, this.classes.of(peers), nothing, portsAt, noPort)];
  }

  private grantToBlocks(policy: Policy, direction: Direction, rule: PolicyRule): Grant[] {
    const { blocks, ports } = rule;
    if (blocks.length === 0) return [];
    const { addresses, pods } = this.peersOfBlocks(blocks);
    if (direction === 'ingress')
      return [this.grant(policy, rule, pods, addresses, this.portsByName(ports), noPort)];
    const numbers = numbersOf(ports);
    return [this.grant(policy, rule, pods, addresses, () => numbers, numbers)];
  }

  private peersOfBlocks(blocks: readonly IpBlock[]): { addresses: AddressSet; pods: ClassSet } {
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
    pods: ClassSet,
    addresses: AddressSet,
    portsAt: Grant['portsAt'],
    portsOutside: PortSet,
  ): Grant {
    return { policy, rule: { policy, path }, pods, addresses, portsAt, portsOutside };
  }

  /**
   * The ports of a rule for each class of servers. The pods of a class resolve a port name. If the pods are unknown, a
   * port name means any port.
   */
  private portsByName(ports: readonly PolicyPort[]): Grant['portsAt'] {
    const numbers = numbersOf(ports);
    if (!ports.some(({ port }) => typeof port === 'string')) return () => numbers;
    return (answering) => {
      const pods = this.classes.all[answering]?.pods ?? [];
      const named = this.numbersIn(
        pods.map(({ id }) => id),
        ports,
      );
      const isKnown = pods.every((pod) => pod.ports !== undefined);
      return isKnown ? union(numbers, named) : union(numbers, named, anyNamed(ports));
    };
  }

  /** The port numbers to which the pods resolve port names. */
  private numbersIn(pods: readonly number[], ports: readonly PolicyPort[]): PortSet {
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
  subjects: ClassSet,
  policy: Policy,
  grants: readonly Grant[],
): void {
  for (const id of subjects) {
    sides[id]?.isolatedBy.push(policy);
    sides[id]?.grants.push(...grants);
  }
}

function smaller(a: ClassSet, b: ClassSet): ClassSet {
  return a.size < b.size ? a : b;
}

/** The port numbers of a rule, without named ports. A rule without ports has every port. */
function numbersOf(ports: readonly PolicyPort[]): PortSet {
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
