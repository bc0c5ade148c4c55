import type { Endpoint } from '../endpoint';
import type { Direction } from '../grants';
import { difference } from '../intervals';
import type { PortSet } from '../ports';
import { type Comparison, policiesOf, portsKey } from './comparison';
import type { PolicyVerdict, SingleDifference } from './difference';

interface Group {
  readonly ports: PortSet;
  readonly verdict: PolicyVerdict;
  readonly peers: Endpoint[];
}

/**
 * Connections without a declaration that the policies of one end allow and only the policies of the other end deny. A
 * change of the other end could make them possible.
 */
export function slack(comparison: Comparison): SingleDifference[] {
  const ids = [...comparison.network.groups.all.keys()];
  return [
    ...ids.flatMap((id) => slackOf(comparison, 'egress', id)),
    ...ids.flatMap((id) => slackOf(comparison, 'ingress', id)),
  ];
}

function slackOf(comparison: Comparison, direction: Direction, id: number): SingleDifference[] {
  const { network, declared, endpoints } = comparison;
  const { grants } = network.side(direction, id);
  const groups = new Map<string, Group>();
  for (const peer of new Set(grants.flatMap(({ pods }) => [...pods]))) {
    const [from, to] = direction === 'egress' ? [id, peer] : [peer, id];
    const other = network.allowed(direction === 'egress' ? 'ingress' : 'egress', from, to);
    const needless = difference(network.allowed(direction, from, to), other);
    const ports = difference(needless, declared.ports(from, to));
    if (ports.length === 0) continue;
    const policies = policiesOf(network.grantsFor(direction, from, to, ports));
    const key = [portsKey(ports), ...policies].join('\n');
    const group = groups.get(key) ?? { ports, verdict: comparison.verdict(id, policies), peers: [] };
    group.peers.push(endpoints.ofGroup(peer));
    groups.set(key, group);
  }
  const own = [endpoints.ofGroup(id)];
  return [...groups.values()].map(({ ports, verdict, peers }) =>
    direction === 'egress'
      ? { kind: 'slack', from: own, to: peers, ports, verdicts: { egress: verdict, ingress: undefined } }
      : { kind: 'slack', from: peers, to: own, ports, verdicts: { egress: undefined, ingress: verdict } },
  );
}
