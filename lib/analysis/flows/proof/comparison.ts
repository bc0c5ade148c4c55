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

  /** The classes of described namespaces. */
  get described(): number[] {
    return [...this.network.classes.all.keys()].filter((id) => this.network.isDescribed(id));
  }

  /** The verdict of the end that allows a connection. Undefined for an end that no document describes. */
  allowing(direction: Direction, id: number, policies: readonly string[]): PolicyVerdict | undefined {
    if (this.network.side(direction, id).isolatedBy.length > 0) return this.verdict(id, policies);
    return this.network.isDescribed(id) ? this.verdict(id, [], true) : undefined;
  }

  verdict(id: number, policies: readonly string[], isMissing = false): PolicyVerdict {
    return { namespace: this.network.classes.all[id]?.namespace ?? '', policies, isMissing };
  }

  /** A difference between a class and addresses. */
  outside(
    kind: SingleDifference['kind'],
    direction: Direction,
    id: number,
    { addresses, ports }: OutsidePart,
    verdict: PolicyVerdict | undefined,
  ): SingleDifference {
    const own = [this.endpoints.ofClass(id)];
    const others = this.endpoints.ofAddresses(addresses).map(([endpoint]) => endpoint);
    return direction === 'egress'
      ? { kind, from: own, to: others, ports, verdicts: { egress: verdict, ingress: undefined } }
      : { kind, from: others, to: own, ports, verdicts: { egress: undefined, ingress: verdict } };
  }
}

/** The distinct policies of some grants. */
export function policiesOf(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map(({ policy }) => policy))].sort();
}

/** The same string for equal ports. */
export function portsKey(ports: PortSet): string {
  return ports.map(({ from, to }) => `${from}-${to}`).join();
}

/** The connections of one list that are not in another. */
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
