import type { TerraformResource } from '../../../documents/terraform';
import type { WebRequest } from '../../../documents/web-request';
import { referencesOf } from '../../../terraform/references';
import { type AddressSet, addressesEnd, cidrsOf, ipv6Start, parseCidr } from '../../flows/address-set';
import { covers, difference, union } from '../../flows/intervals';
import {
  type FirewallRuleFields,
  firewallRulesOf,
  knownOpenings,
  opensTcpPort,
  symbolicOpenings,
} from '../../impact/terraform/firewall-rules';
import { countedNodes, listed, type StepKey, stop, type TraceField, type TraceSteps } from '../step';
import type { TraceNode, TraceSubject } from '../subject';
import type { Arrival } from './arrival';

/** Whether one firewall lets the connection pass. */
interface FirewallVerdict {
  readonly outcome: 'passes' | 'unknown' | 'stops';
  /** The addresses that the firewall refuses, if the outcome is `stops`. */
  readonly refused: readonly string[];
  readonly fields: readonly TraceField[];
}

/** The clients that connect to a node. The addresses are undefined if they are unknown. */
interface FirewallSources {
  readonly words: string;
  readonly addresses: AddressSet | undefined;
}

const everyIpv4: AddressSet = [{ from: 0n, to: ipv6Start }];
const everyIpv6: AddressSet = [{ from: ipv6Start, to: addressesEnd }];

/**
 * The steps for Hetzner's firewall and for the firewall of the node, for every node at which the request may arrive.
 */
export function* firewallSteps(
  subject: TraceSubject,
  request: WebRequest,
  arrival: Arrival,
  port: number,
): TraceSteps {
  const sources = sourcesOf(subject, request, arrival);
  const shared = { nodes: arrival.nodes, sources, port };
  yield* layerStep({
    ...{ ...shared, key: 'hetzner-firewall', title: "Hetzner's firewall" },
    isDescribed: subject.ofType('hcloud_server', 'hcloud_firewall').length > 0,
    verdictOf: (node) => ofHetzner(subject, node, sources, port),
  });
  yield* layerStep({
    ...{ ...shared, key: 'node-firewall', title: 'Firewall of the node' },
    isDescribed: subject.firewalls.length > 0,
    verdictOf: (node) => ofNode(subject, node, sources, port),
  });
}

/** Whether Hetzner's firewall refuses visitors on the port and lets Cloudflare pass. */
export function admitsProxyOnly(subject: TraceSubject, request: WebRequest, arrival: Arrival): boolean {
  const outcomes = (isProxied: boolean) => {
    const sources = sourcesOf(subject, request, { ...arrival, isProxied });
    return arrival.nodes.map((node) => ofHetzner(subject, node, sources, request.port).outcome);
  };
  return outcomes(false).includes('stops') && outcomes(true).every((outcome) => outcome === 'passes');
}

interface Layer {
  readonly key: StepKey;
  readonly title: string;
  readonly nodes: readonly TraceNode[];
  readonly sources: FirewallSources;
  readonly port: number;
  readonly isDescribed: boolean;
  readonly verdictOf: (node: TraceNode) => FirewallVerdict;
}

/** One step for all nodes. The request stops if the firewall of at least one node refuses it. */
function* layerStep({ key, title, nodes, sources, port, isDescribed, verdictOf }: Layer): TraceSteps {
  const shared = { key, title };
  if (!isDescribed || nodes.length === 0) {
    const what = isDescribed
      ? 'It is unknown at which node the request arrives.'
      : 'The input does not contain this firewall.';
    yield { ...shared, outcome: 'unknown', reason: what, fields: [] };
    return;
  }
  const verdicts = nodes.map((node) => ({ node, ...verdictOf(node) }));
  const of = (outcome: FirewallVerdict['outcome']) => verdicts.filter((each) => each.outcome === outcome);
  const names = (of: readonly { readonly node: TraceNode }[]) =>
    countedNodes(of.map(({ node }) => node.name));
  const [stopping, unknown] = [of('stops'), of('unknown')];
  if (stopping.length > 0) {
    const refused = [...new Set(stopping.flatMap((each) => each.refused))];
    const some = stopping.length === nodes.length ? '' : ` Requests to the other nodes pass.`;
    yield* stop({
      ...shared,
      reason: `Port ${port} of ${names(stopping)} is closed for connections from ${listed(shortened(refused))}, and ${sources.words} connects from there.${some}`,
      fields: distinct(stopping.flatMap(({ fields }) => fields)),
      fix: `Allow TCP ${port} from ${refused.length > 4 ? sources.words : listed(refused)} to ${names(stopping)}.`,
    });
  }
  yield {
    ...shared,
    outcome: unknown.length > 0 ? 'unknown' : 'passes',
    reason:
      unknown.length > 0
        ? `It is unknown whether ${sources.words} may connect to port ${port} of ${names(unknown)}.`
        : `Port ${port} of ${names(verdicts)} is open to ${sources.words}.`,
    fields: distinct(verdicts.flatMap(({ fields }) => fields)),
  };
}

function ofHetzner(
  subject: TraceSubject,
  node: TraceNode,
  sources: FirewallSources,
  port: number,
): FirewallVerdict {
  const server = subject.ofType('hcloud_server').find(({ name }) => name === node.name);
  if (server === undefined) return { outcome: 'unknown', refused: [], fields: [] };
  const firewalls = firewallsOf(subject, server);
  const stated = server.body['firewall_ids'];
  const count = Array.isArray(stated) ? stated.length : 0;
  const field = subject.resourceField(server, 'firewall_ids');
  if (firewalls.length === 0)
    return { outcome: count === 0 ? 'passes' : 'unknown', refused: [], fields: [field] };
  const rules = firewalls.flatMap((firewall) =>
    firewallRulesOf(firewall.body['rule']).map((fields, index) => ({
      fields,
      field: subject.resourceField(firewall, `rule[${index}]`),
    })),
  );
  return verdict(rules, sources, port, [
    ...firewalls.map((firewall) => subject.resourceField(firewall, 'rule')),
    field,
  ]);
}

/** The firewalls of a server: those that the server names, and those that a firewall attachment adds. */
function firewallsOf(subject: TraceSubject, server: TerraformResource): TerraformResource[] {
  const attached = subject
    .ofType('hcloud_firewall_attachment')
    .filter(({ body }) => referencesOf(body['server_ids']).some(({ symbol }) => symbol === server.address))
    .flatMap(({ body }) => referencesOf(body['firewall_id']));
  const symbols = [...referencesOf(server.body['firewall_ids']), ...attached].map(({ symbol }) => symbol);
  return subject.ofType('hcloud_firewall').filter(({ address }) => symbols.includes(address));
}

function ofNode(
  subject: TraceSubject,
  node: TraceNode,
  sources: FirewallSources,
  port: number,
): FirewallVerdict {
  const firewall = subject.firewalls.find((each) => each.node === node.name);
  if (firewall === undefined) return { outcome: 'unknown', refused: [], fields: [] };
  const { file, node: object } = firewall;
  const rules = firewall.rules.flatMap(({ line, fields }) =>
    fields.map((each) => ({ fields: each, field: { kind: 'line', file, line, object } as const })),
  );
  const first = firewall.rules[0]?.line ?? 1;
  return verdict(rules, sources, port, [{ kind: 'line', file, line: first, object }]);
}

interface PlacedRule {
  readonly fields: FirewallRuleFields;
  readonly field: TraceField;
}

/** @param places the fields where a missing rule can be added */
function verdict(
  rules: readonly PlacedRule[],
  { addresses }: FirewallSources,
  port: number,
  places: readonly TraceField[],
): FirewallVerdict {
  const opening = rules.filter(({ fields }) => opensTcpPort(fields, port));
  const openings = knownOpenings(opening.map(({ fields }) => fields));
  const known = union(...openings.map((part) => part.addresses));
  const hasSymbolic = opening.some(({ fields }) => symbolicOpenings(fields).length > 0);
  const fields = opening.map(({ field }) => field);
  const wanted = addresses ?? union(everyIpv4, everyIpv6);
  const missing = difference(wanted, known);
  if (missing.length === 0) return { outcome: 'passes', refused: [], fields };
  if (hasSymbolic || (addresses === undefined && known.length > 0))
    return { outcome: 'unknown', refused: [], fields };
  return {
    outcome: 'stops',
    refused: addresses === undefined ? ['every address'] : cidrs(missing),
    fields: [...fields, ...places],
  };
}

function cidrs(addresses: AddressSet): string[] {
  if (covers(addresses, everyIpv4)) return ['every other address'];
  return addresses.flatMap(({ from, to }) => cidrsOf(from, to));
}

function shortened(texts: readonly string[]): string[] {
  return texts.length <= 4 ? [...texts] : [...texts.slice(0, 3), `${texts.length - 3} other ranges`];
}

function distinct(fields: readonly TraceField[]): TraceField[] {
  return [...new Map(fields.map((field) => [JSON.stringify(field), field])).values()];
}

/** A visitor without a given address can have any address of the internet. */
function sourcesOf(
  subject: TraceSubject,
  { client }: WebRequest,
  { isProxied, isIpv6 }: Arrival,
): FirewallSources {
  const family = isIpv6 ? everyIpv6 : everyIpv4;
  if (isProxied === true) {
    const ranges = subject.proxyRanges?.filter((range) => range.includes(':') === isIpv6);
    return {
      words: 'Cloudflare',
      addresses: ranges && union(...ranges.map((range) => parseCidr(range) ?? [])),
    };
  }
  if (isProxied === undefined) return { words: 'the client', addresses: undefined };
  const own = client === undefined ? family : parseCidr(client);
  return { words: client ?? 'any visitor', addresses: own };
}
