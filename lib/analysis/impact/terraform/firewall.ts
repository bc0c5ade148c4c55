import type { Json } from '../../../documents/kubernetes';
import type { TerraformResource } from '../../../documents/terraform';
import { addressesEnd, cidrsOf, ipv6Start } from '../../flows/address-set';
import { covers, difference, intersection, union } from '../../flows/intervals';
import { disjoint, type OutsidePart } from '../../flows/network';
import { describePorts } from '../../flows/ports';
import { subtractParts } from '../../flows/proof/comparison';
import { describeValues } from '../changes';
import type { Consequence } from '../consequence';
import {
  type FirewallRuleFields,
  firewallRulesOf,
  knownOpenings,
  type OpenedPorts,
  symbolicOpenings,
} from './firewall-rules';
import type { ResourceChanges } from './resources';

/** Ports that open or close at the public addresses of the servers. */
export function firewalls({ base, removed, changed }: ResourceChanges): Consequence[] {
  const guarded = (address: string) =>
    base.filter(({ type, body }) => type === 'hcloud_server' && refersTo(body['firewall_ids'], address));
  return [
    ...changed
      .filter(({ after }) => after.type === 'hcloud_firewall')
      .flatMap(({ before, after }) => changedRules(after.address, before, after)),
    ...removed
      .filter(({ type }) => type === 'hcloud_firewall')
      .map(
        ({ address }): Consequence => ({
          ...{ class: 'exposed', side: 'terraform', object: address, field: '' },
          reason: `Terraform destroys the firewall. Every port of ${names(guarded(address))} is then open to any address, except those that the nodes' own firewall denies.`,
          wayOut: 'Attach another firewall to the servers first.',
        }),
      ),
    ...removed.flatMap((resource) => (resource.type === attachment ? uncovered(resource, undefined) : [])),
    ...changed.flatMap(({ before, after }) =>
      after.type === attachment || after.type === 'hcloud_firewall' ? uncovered(before, after) : [],
    ),
    ...changed
      .filter(({ after }) => after.type === 'hcloud_server')
      .flatMap(({ before, after, changes }): Consequence[] => {
        const change = changes.find(({ path }) => path.startsWith('firewall_ids'));
        const [old, now] = [before, after].map(({ body }) => ids(body['firewall_ids']));
        const gone = (old ?? []).filter((id) => !now?.includes(id));
        if (change === undefined || gone.length === 0) return [];
        return [
          {
            ...{ class: 'exposed', side: 'terraform', object: after.address, field: change.path },
            reason: `${describeValues(old, now)}. ${now?.length === 0 ? "The server no longer has a Hetzner firewall: every port is open to any address, except those that the node's own firewall denies." : `Traffic that ${gone.join(', ')} denied now reaches the server.`}`,
            wayOut: '',
          },
        ];
      }),
  ];

  function changedRules(object: string, before: TerraformResource, after: TerraformResource): Consequence[] {
    const [old, now] = [before, after].map(({ body }) => firewallRulesOf(body['rule']));
    const side = (
      kind: 'exposed' | 'cut off',
      these: readonly FirewallRuleFields[],
      others: readonly FirewallRuleFields[],
    ) =>
      openings(these, others).map(
        (opening): Consequence => ({
          ...{ class: kind, side: 'terraform', object, field: 'rule' },
          reason: `${describeOpening(opening)} ${kind === 'exposed' ? 'is allowed' : 'is no longer allowed'}, on every server that has this firewall.`,
          wayOut: '',
        }),
      );
    return [...side('exposed', now ?? [], old ?? []), ...side('cut off', old ?? [], now ?? [])];
  }
}

const attachment = 'hcloud_firewall_attachment';

/** Servers that lose a firewall, because the firewall or its attachment changes. */
function uncovered(before: TerraformResource, after: TerraformResource | undefined): Consequence[] {
  const [old, now] = [before, after].map((resource) => {
    const { server_ids = [], label_selectors = [], apply_to = [] } = resource?.body ?? {};
    return [server_ids, label_selectors, apply_to].flat().map((each) => JSON.stringify(each));
  }) as [string[], string[]];
  const gone = old.filter((each) => !now.includes(each));
  if (gone.length === 0) return [];
  return [
    {
      ...{ class: 'exposed', side: 'terraform', object: before.address, field: '' },
      reason: `The firewall is no longer attached to ${gone.join(', ')}: every port is open to any address there, except those that other firewalls or the node's own firewall deny.`,
      wayOut: 'Attach another firewall to these servers first.',
    },
  ];
}

/** Such as `2379-2380 TCP from 192.0.2.0/24`. */
export function describeOpening({ ports, source }: OpenedPorts): string {
  return `${ports} from ${source}`;
}

/** Traffic that `these` rules allow and the `others` do not. */
export function openings(
  these: readonly FirewallRuleFields[],
  others: readonly FirewallRuleFields[],
): OpenedPorts[] {
  const exact = disjoint(subtractParts(disjoint(knownOpenings(these)), disjoint(knownOpenings(others)))).map(
    (part) => ({
      ...{ ports: describePorts(part.ports), source: describeAddresses(part) },
    }),
  );
  const known = new Set(others.flatMap(symbolicOpenings).map(({ ports, source }) => `${ports} ${source}`));
  const symbolic = these
    .flatMap(symbolicOpenings)
    .filter(({ ports, source }) => !known.has(`${ports} ${source}`));
  const sources = [...new Set(symbolic.map(({ source }) => source))];
  const portsFrom = (source: string) =>
    symbolic.filter((each) => each.source === source).map(({ ports }) => ports);
  return [...exact, ...sources.map((source) => ({ ports: portsFrom(source).join(', '), source }))];
}

function describeAddresses({ addresses }: OutsidePart): string {
  const everyIpv4 = [{ from: 0n, to: ipv6Start }];
  const everyIpv6 = [{ from: ipv6Start, to: addressesEnd }];
  const whole = [
    ...(covers(addresses, everyIpv4) ? ['any IPv4 address'] : []),
    ...(covers(addresses, everyIpv6) ? ['any IPv6 address'] : []),
  ];
  if (whole.length === 2) return 'any address';
  const anyOf = union(...[everyIpv4, everyIpv6].filter((part) => covers(addresses, part)));
  const rest = difference(addresses, anyOf);
  const cidrs = [everyIpv4, everyIpv6].flatMap((part) =>
    intersection(rest, part).flatMap(({ from, to }) => cidrsOf(from, to)),
  );
  const shown = cidrs.length <= 4 ? cidrs : [...cidrs.slice(0, 3), `${cidrs.length - 3} more`];
  return [...whole, ...shown].join(', ');
}

function ids(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function refersTo(value: Json | undefined, address: string): boolean {
  return ids(value).some((id) => id.includes(`${address}.`));
}

function names(resources: readonly TerraformResource[]): string {
  return resources.length === 0
    ? 'the servers behind this firewall'
    : resources.map(({ name }) => name).join(', ');
}
