import type { Endpoints } from '../endpoint';
import type { Direction, Grant } from '../grants';
import { difference, intersection } from '../intervals';
import type { Network, OutsidePart } from '../network';
import type { PortSet } from '../ports';
import type { DeclaredFlows } from './declared';
import type { PolicyVerdict, SingleDifference } from './difference';

/** The possible and the declared connections, and helpers to compare them. */
export class Comparison {
  constructor(
    readonly network: Network,
    readonly declared: DeclaredFlows,
    readonly endpoints: Endpoints,
  ) {}

  /** The groups of described namespaces. */
  get described(): number[] {
    return [...this.network.groups.all.keys()].filter((id) => this.network.isDescribed(id));
  }

  /** The policies that allow a connection at one end. Undefined if the manifests do not describe that end. */
  allowing(direction: Direction, id: number, policies: readonly string[]): PolicyVerdict | undefined {
    if (this.network.side(direction, id).isolatedBy.length > 0) return this.verdict(id, policies);
    return this.network.isDescribed(id) ? this.verdict(id, [], true) : undefined;
  }

  verdict(id: number, policies: readonly string[], isMissing = false): PolicyVerdict {
    return { namespace: this.network.groups.all[id]?.namespace ?? '', policies, isMissing };
  }

  /** A difference in the connections between a pod group and addresses. */
  outside(
    kind: SingleDifference['kind'],
    direction: Direction,
    id: number,
    { addresses, ports }: OutsidePart,
    verdict: PolicyVerdict | undefined,
  ): SingleDifference {
    const own = [this.endpoints.ofGroup(id)];
    const others = this.endpoints.ofAddresses(addresses).map(([endpoint]) => endpoint);
    return direction === 'egress'
      ? { kind, from: own, to: others, ports, verdicts: { egress: verdict, ingress: undefined } }
      : { kind, from: others, to: own, ports, verdicts: { egress: undefined, ingress: verdict } };
  }
}

/** The distinct policy names of some grants. */
export function policiesOf(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map(({ policy }) => policy))].sort();
}

/** The same string for equal ports. */
export function portsKey(ports: PortSet): string {
  return ports.map(({ from, to }) => `${from}-${to}`).join();
}

/** The connections in the first list that are not in the second. */
export function subtractParts(parts: readonly OutsidePart[], others: readonly OutsidePart[]): OutsidePart[] {
  return others.reduce<OutsidePart[]>(
    (left, other) =>
      left.flatMap((part) => {
        const common = intersection(part.addresses, other.addresses);
        if (common.length === 0) return [part];
        return [
          { addresses: difference(part.addresses, common), ports: part.ports },
          { addresses: common, ports: difference(part.ports, other.ports) },
        ].filter((rest) => rest.addresses.length > 0 && rest.ports.length > 0);
      }),
    [...parts],
  );
}
