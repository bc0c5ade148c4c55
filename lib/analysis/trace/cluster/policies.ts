import { describeObject } from '../../../kubernetes/objects/object-key';
import { namespaceNameLabel } from '../../../kubernetes/policies/namespaces';
import type { AddressSet } from '../../flows/address-set';
import type { Direction, Grant } from '../../flows/grants';
import { covers, intersection, union } from '../../flows/intervals';
import type { Network } from '../../flows/network';
import type { Policy } from '../../flows/policy';
import { describePorts, type PortSet } from '../../flows/ports';
import { listed, stop, type TraceField, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';
import type { ConnectionEnd, EndBlock } from './ends';

/** A connection between two ends. */
export interface TracedConnection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  /** One port. */
  readonly ports: PortSet;
  /** The name of the external service, if the server is one. */
  readonly external?: string | undefined;
}

interface PolicyAnswer {
  readonly outcome: 'passes' | 'unknown' | 'stops';
  readonly grants: readonly Grant[];
  readonly isolatedBy: readonly Policy[];
}

/** The step for the policies of the client, then the step for the policies of the server. */
export function* policySteps(
  subject: TraceSubject,
  network: Network,
  connection: TracedConnection,
): TraceSteps {
  yield* directionStep(subject, network, connection, 'egress');
  yield* directionStep(subject, network, connection, 'ingress');
}

function* directionStep(
  subject: TraceSubject,
  network: Network,
  connection: TracedConnection,
  direction: Direction,
): TraceSteps {
  const [own, peer] =
    direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  const shared = {
    key: `${direction}-policy`,
    title: direction === 'egress' ? 'Policies of the client' : 'Policies of the server',
  } as const;
  if (own.kind === 'addresses') return;
  if (own.kind !== 'pods') {
    const reason = `${own.name} is on the host network, which no policy isolates.`;
    yield { ...shared, outcome: 'passes', reason, fields: [] };
    return;
  }
  const answers = own.classes.map((id) => answer(network, direction, id, peer, connection.ports));
  const isolating = distinct(answers.flatMap(({ isolatedBy }) => isolatedBy));
  const what = `${direction === 'egress' ? `to ${peer.name}` : `from ${peer.name}`} on ${describePorts(connection.ports)}`;
  if (isolating.length === 0) {
    const reason = `No NetworkPolicy isolates ${own.name} for ${direction}, so all connections are allowed.`;
    yield { ...shared, outcome: 'passes', reason, fields: [] };
    return;
  }
  if (answers.some(({ outcome }) => outcome === 'stops')) {
    yield* stop({
      ...shared,
      reason: `${listed(isolating.map(({ name }) => name))} ${isolating.length === 1 ? 'isolates' : 'isolate'} ${own.name} for ${direction}, and no rule allows connections ${what}.`,
      fields: isolating.flatMap((policy) => ofPolicy(subject, policy.name, 'spec')),
      fix: fixOf(subject, connection, direction, isolating),
    });
  }
  const grants = answers.flatMap((each) => each.grants);
  const isUnknown = answers.some(({ outcome }) => outcome === 'unknown');
  const names = listed([...new Set(grants.map(({ policy }) => policy))]);
  yield {
    ...shared,
    outcome: isUnknown ? 'unknown' : 'passes',
    reason: isUnknown
      ? `${names} allows only some of the addresses of ${peer.name}.`
      : names === ''
        ? `No NetworkPolicy isolates ${own.name} for ${direction}, so all connections are allowed.`
        : `${names} allows the ${direction} ${what}.`,
    fields: distinctFields(grants.flatMap(({ rule }) => ofPolicy(subject, rule.policy, rule.path))),
  };
}

function answer(
  network: Network,
  direction: Direction,
  own: number,
  peer: ConnectionEnd,
  ports: PortSet,
): PolicyAnswer {
  const { isolatedBy } = network.side(direction, own);
  if (isolatedBy.length === 0) return { outcome: 'passes', grants: [], isolatedBy };
  if (peer.kind !== 'pods')
    return { ...toAddresses(network, direction, own, peer.addresses, ports), isolatedBy };
  const pairs = peer.classes.map((id) =>
    direction === 'egress' ? { from: own, to: id } : { from: id, to: own },
  );
  const isAllowed = pairs.every(({ from, to }) => covers(network.allowed(direction, from, to), ports));
  const grants = pairs.flatMap(({ from, to }) => network.grantsFor(direction, from, to, ports));
  return { outcome: isAllowed && pairs.length > 0 ? 'passes' : 'stops', grants, isolatedBy };
}

function toAddresses(
  network: Network,
  direction: Direction,
  own: number,
  addresses: AddressSet,
  ports: PortSet,
): Pick<PolicyAnswer, 'outcome' | 'grants'> {
  const parts = network.outside(direction, own).filter((part) => covers(part.ports, ports));
  const allowed = intersection(union(...parts.map((part) => part.addresses)), addresses);
  const grants = network.grantsForAddresses(direction, own, { addresses, ports });
  const outcome = covers(allowed, addresses) ? 'passes' : allowed.length > 0 ? 'unknown' : 'stops';
  return { outcome, grants };
}

function ofPolicy(subject: TraceSubject, name: string, path: string): TraceField[] {
  const object = subject.named(name);
  return object === undefined ? [] : [subject.field(object, path)];
}

/** How to add the missing rule, and to which policy. */
function fixOf(
  { facts }: TraceSubject,
  { from, to, ports, external }: TracedConnection,
  direction: Direction,
  isolating: readonly Policy[],
): string {
  const [own, peer] = direction === 'egress' ? [from, to] : [to, from];
  const field = direction === 'egress' ? 'to' : 'from';
  const port = describePorts(ports).split(' ');
  const rule = `{ ${field}: [${peersYaml(own, peer)}], ports: [{ port: ${port[0]}, protocol: ${port[1]} }] }`;
  // A policy that selects every pod usually only denies. A new rule in it would allow too much.
  const home = isolating.find((policy) => policy.subject.requirements.length > 0);
  const way =
    home === undefined
      ? `Add a NetworkPolicy that selects ${own.name} and has this ${direction} rule: ${rule}`
      : `Add this rule to spec.${direction} of ${home.name}: ${rule}`;
  const { configuration, declaring = [] } = facts;
  if (configuration === undefined || from.kind !== 'pods') return way;
  if (!declaring.includes(from.short))
    return `${from.short} can't have connectsTo in ${configuration}: connect from a workload that can (${listed(declaring)}).`;
  const target =
    to.kind === 'pods'
      ? to.short
      : (external ?? `an entry for ${to.name} to external, and the name of the entry`);
  return `Add ${target} to connectsTo of ${from.short} in ${configuration}. The policies of both ends are generated from connectsTo.`;
}

/** The peers of a rule, as inline YAML. */
function peersYaml(own: ConnectionEnd, peer: ConnectionEnd): string {
  if (peer.kind !== 'pods') return peer.blocks.map(blockYaml).join(', ');
  const labels = [...peer.labels].map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ');
  const pods = `podSelector: { matchLabels: { ${labels} } }`;
  const isSame = own.kind === 'pods' && own.namespace === peer.namespace;
  const namespace = `namespaceSelector: { matchLabels: { ${namespaceNameLabel}: ${peer.namespace} } }`;
  return isSame ? `{ ${pods} }` : `{ ${namespace}, ${pods} }`;
}

function blockYaml({ cidr, except = [] }: EndBlock): string {
  const text = cidr.includes(':') ? JSON.stringify(cidr) : cidr;
  return `{ ipBlock: { cidr: ${text}${except.length === 0 ? '' : `, except: [${except.join(', ')}]`} } }`;
}

function distinct(policies: readonly Policy[]): Policy[] {
  return [...new Map(policies.map((policy) => [policy.name, policy])).values()];
}

function distinctFields(fields: readonly TraceField[]): TraceField[] {
  const key = (field: TraceField) =>
    field.kind === 'object' ? `${describeObject(field.object)} ${field.path}` : JSON.stringify(field);
  return [...new Map(fields.map((field) => [key(field), field])).values()];
}
