import type { Json } from '../../../documents/kubernetes';
import { parseCidr } from '../../flows/address-set';
import { union } from '../../flows/intervals';
import type { OutsidePart } from '../../flows/network';
import { portsOf } from '../../flows/ports';

/** A rule of hcloud_firewall. The rules of the nodes' own firewalls use the same type. */
export interface FirewallRuleFields {
  readonly direction?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly source_ips?: Json;
}

/** The rules with their values as strings. Values of other types are skipped: Terraform refuses them. */
export function firewallRulesOf(value: Json | undefined): FirewallRuleFields[] {
  const all = (Array.isArray(value) ? (value as readonly Json[]) : [value]) as readonly unknown[];
  return all.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return [];
    const { direction, protocol, port, source_ips } = each as Record<string, Json | undefined>;
    return [
      {
        ...(direction !== undefined && { direction: String(direction) }),
        ...(protocol !== undefined && { protocol: String(protocol) }),
        ...(port !== undefined && { port: String(port) }),
        ...(source_ips !== undefined && { source_ips }),
      },
    ];
  });
}

/** Opened ports and the addresses that can reach them: `2379-2380 TCP` from `192.0.2.0/24`. */
export interface OpenedPorts {
  readonly ports: string;
  readonly source: string;
}

/** Rules with known ports and addresses, as sets. */
export function knownOpenings(rules: readonly FirewallRuleFields[]): OutsidePart[] {
  return rules.flatMap((rule) => {
    const { protocol = '' } = rule;
    if (!isIncoming(rule) || (protocol !== 'tcp' && protocol !== 'udp')) return [];
    const { from, to } = portRangeOf(rule);
    const addresses = union(...sourcesOf(rule).map((source) => parseCidr(source) ?? []));
    const ports = portsOf(protocol === 'tcp' ? 'TCP' : 'UDP', from, to);
    return addresses.length === 0 ? [] : [{ addresses, ports }];
  });
}

/** Describes the other rules, by their expressions: sources that only Terraform knows, and protocols without ports. */
export function symbolicOpenings(rule: FirewallRuleFields): OpenedPorts[] {
  if (!isIncoming(rule)) return [];
  const { protocol = '', port } = rule;
  const what = port === undefined ? protocol.toUpperCase() : `${port} ${protocol.toUpperCase()}`;
  const sources = sourcesOf(rule);
  const unknown =
    protocol === 'tcp' || protocol === 'udp'
      ? sources.filter((each) => parseCidr(each) === undefined)
      : sources;
  return unknown.map((source) => ({ ports: what, source }));
}

/** Whether a rule is about incoming TCP on a port, whatever its sources are. */
export function opensTcpPort(rule: FirewallRuleFields, port: number): boolean {
  const { from, to } = portRangeOf(rule);
  return isIncoming(rule) && rule.protocol === 'tcp' && from <= port && port <= to;
}

function portRangeOf({ port = '' }: FirewallRuleFields): { readonly from: number; readonly to: number } {
  const [from = 1, to = from] = port === 'any' ? [1, 65_535] : port.split('-').map(Number);
  return { from, to };
}

function isIncoming({ direction }: FirewallRuleFields): boolean {
  return direction !== 'out';
}

function sourcesOf({ source_ips }: FirewallRuleFields): string[] {
  return Array.isArray(source_ips)
    ? source_ips.map(String)
    : source_ips === undefined
      ? []
      : [String(source_ips)];
}
