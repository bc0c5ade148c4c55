import type { Flow } from '../documents/flow';
import { Declared, declaredPods } from './declared';
import { type Difference, describeFindings, type Finding, type Verdict } from './difference';
import { type Endpoint, Endpoints } from './endpoint';
import type { Direction, Grant } from './grants';
import { difference, intersection } from './intervals';
import { misdeclared } from './misdeclared';
import { Network, type OutsidePart } from './network';
import { everyPort, type PortSet } from './ports';
import { openProducts, type Reachability } from './reachability';

export interface ProveOptions {
  /**
   * Whether the pods of all described namespaces are meant to ask the cluster's DNS, UDP and TCP 53.
   *
   * @default true: a workload that can't is a difference, and that others can is none
   */
  readonly clusterDns?: boolean;
}

/**
 * Holds what is possible against what is declared. No difference means: every declared connection is let through, and
 * no other that has a pod of a described namespace at one end.
 *
 * Of pods that no document describes only the other end counts: what isolates them isn't known. Connections between
 * two addresses are no policy's business, and a declaration of one says nothing.
 *
 * @throws for a declaration whose addresses are none
 */
export function prove(
  { cluster, topology }: Reachability,
  declared: readonly Flow[],
  { clusterDns = true }: ProveOptions = {},
): Difference[] {
  const network = new Network(cluster, topology, declaredPods(declared, clusterDns));
  const meant = new Declared(network, declared, clusterDns);
  const endpoints = new Endpoints(network);
  const findings = new Proof(network, meant, endpoints).findings();
  return [...misdeclared(declared, network, meant, endpoints), ...describeFindings(findings, endpoints)];
}

class Proof {
  constructor(
    private readonly network: Network,
    private readonly declared: Declared,
    private readonly endpoints: Endpoints,
  ) {}

  findings(): Finding[] {
    const described = [...this.network.classes.all.keys()].filter((id) => this.network.isDescribed(id));
    return [
      ...this.gainedPairs(),
      ...this.gainedOpen(),
      ...described.flatMap((id) => this.gainedOutside('egress', id)),
      ...described.flatMap((id) => this.gainedOutside('ingress', id)),
      ...this.lostPairs(),
      ...this.declared.classes('egress').flatMap((id) => this.lostOutside('egress', id)),
      ...this.declared.classes('ingress').flatMap((id) => this.lostOutside('ingress', id)),
    ];
  }

  /** Put together by who answers as they are found: a slip in one rule may let a million pairs through. */
  private gainedPairs(): Finding[] {
    const sources = new Map<string, Endpoint[]>();
    const findings: Finding[] = [];
    for (const { from, to, ports: possible } of this.network.pairs()) {
      const ports = difference(possible, this.declared.ports(from, to));
      if (ports.length === 0) continue;
      const egress = this.policies(this.network.grantsFor('egress', from, to, ports));
      const ingress = this.policies(this.network.grantsFor('ingress', from, to, ports));
      const isOpen = this.network.side('egress', from).isolatedBy.length === 0;
      const numbers = ports.map((range) => `${range.from}-${range.to}`);
      const key = [to, isOpen && this.network.isDescribed(from), ...numbers, ...egress, '', ...ingress].join(
        '\n',
      );
      const group = sources.get(key);
      const opening = this.endpoints.ofClass(from);
      if (group !== undefined) {
        group.push(opening);
        continue;
      }
      const found = [opening];
      sources.set(key, found);
      const verdicts = {
        egress: this.allowing('egress', from, egress),
        ingress: this.allowing('ingress', to, ingress),
      };
      findings.push({ kind: 'gained', from: found, to: [this.endpoints.ofClass(to)], ports, verdicts });
    }
    return findings;
  }

  /** No declaration is for every port, so what is open is always more than what is declared. */
  private gainedOpen(): Finding[] {
    return openProducts(this.network).map(({ from, to }) => ({
      kind: 'gained',
      from: [this.endpoints.ofClasses(from)],
      to: [this.endpoints.ofClasses(to)],
      ports: everyPort,
      verdicts: { egress: this.missing(from), ingress: this.missing(to) },
    }));
  }

  private gainedOutside(direction: Direction, id: number): Finding[] {
    const possible = this.network.outside(direction, id);
    return without(possible, this.declared.outside(direction, id)).map((part) => {
      const policies = this.policies(this.network.grantsForAddresses(direction, id, part));
      const verdict = this.allowing(direction, id, policies);
      return this.outsideFinding('gained', direction, id, part, verdict);
    });
  }

  private *lostPairs(): Generator<Finding> {
    for (const [key, declared] of this.declared.pairs) {
      const { from, to } = this.declared.pair(key);
      const ports = difference(declared, this.network.ports(from, to));
      if (ports.length === 0) continue;
      const denied = (direction: Direction): boolean =>
        difference(ports, this.network.allowed(direction, from, to)).length > 0;
      yield {
        kind: 'lost',
        from: [this.endpoints.ofClass(from)],
        to: [this.endpoints.ofClass(to)],
        ports,
        verdicts: {
          egress: denied('egress') ? this.denying('egress', from) : undefined,
          ingress: denied('ingress') ? this.denying('ingress', to) : undefined,
        },
      };
    }
  }

  private lostOutside(direction: Direction, id: number): Finding[] {
    const declared = this.declared.outside(direction, id);
    return without(declared, this.network.outside(direction, id)).map((part) =>
      this.outsideFinding('lost', direction, id, part, this.denying(direction, id)),
    );
  }

  private outsideFinding(
    kind: Finding['kind'],
    direction: Direction,
    id: number,
    { addresses, ports }: OutsidePart,
    verdict: Verdict | undefined,
  ): Finding {
    const own: Endpoint[] = [this.endpoints.ofClass(id)];
    const others = this.endpoints.ofAddresses(addresses).map(([endpoint]) => endpoint);
    return direction === 'egress'
      ? { kind, from: own, to: others, ports, verdicts: { egress: verdict, ingress: undefined } }
      : { kind, from: others, to: own, ports, verdicts: { egress: undefined, ingress: verdict } };
  }

  private allowing(direction: Direction, id: number, policies: readonly string[]): Verdict | undefined {
    if (this.network.side(direction, id).isolatedBy.length > 0) return this.verdict(id, policies);
    return this.network.isDescribed(id) ? this.verdict(id, [], true) : undefined;
  }

  /** The policies that were made for these pods and allow something: where a missing rule belongs. */
  private denying(direction: Direction, id: number): Verdict {
    const { isolatedBy } = this.network.side(direction, id);
    const own = isolatedBy.filter(
      (policy) => policy.subject.requirements.length > 0 && policy[direction]?.length,
    );
    const names = own.map(({ name }) => name).sort();
    return this.verdict(id, names);
  }

  private missing(ids: readonly number[]): Verdict | undefined {
    const described = ids.find((id) => this.network.isDescribed(id));
    return described === undefined ? undefined : this.verdict(described, [], true);
  }

  private verdict(id: number, policies: readonly string[], isMissing = false): Verdict {
    return { namespace: this.network.classes.all[id]?.namespace ?? '', policies, isMissing };
  }

  private policies(grants: readonly Grant[]): string[] {
    return [...new Set(grants.map(({ policy }) => policy))].sort();
  }
}

/** What of some connections is not among others. */
function without(parts: readonly OutsidePart[], others: readonly OutsidePart[]): OutsidePart[] {
  return others.reduce<OutsidePart[]>(
    (left, other) =>
      left.flatMap((part) => {
        const common = intersection(part.addresses, other.addresses);
        if (common.length === 0) return [part];
        const ports: PortSet = difference(part.ports, other.ports);
        return [
          { addresses: difference(part.addresses, common), ports: part.ports },
          { addresses: common, ports },
        ].filter((rest) => rest.addresses.length > 0 && rest.ports.length > 0);
      }),
    [...parts],
  );
}
