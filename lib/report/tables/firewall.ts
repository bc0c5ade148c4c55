import { hetznerOpenings } from '../../deployment/agreements/openings';
import { isUnresolved } from '../../deployment/config/schema/unresolved';
import { append } from '../../documents/append';
import type { FirewallRule, NodeSetup } from '../../nodes/node-setup';
import type { ReportedDeployment, ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The maximum number of sources that are listed. Further sources are counted. */
const mostSources = 4;

/**
 * The traffic that the firewalls of Hetzner and of the nodes allow. No table for manifests that this package did not
 * generate.
 */
export function firewallTable({ deployment }: ReportSubject): ReportTable[] {
  if (deployment === undefined) return [];
  return reportTable({
    id: 'firewall',
    title: 'Firewall',
    about: [
      'The incoming TCP and UDP traffic that is allowed. All other incoming TCP and UDP traffic is refused.',
    ],
    columns: ['Firewall', 'Protocol', 'Ports', 'From'],
    rows: [...hetznerRows(deployment), ...nodeRows(deployment)],
    notes: isUnresolved(deployment.model.access.networks)
      ? [
          'access.networks is unresolved, so the table lacks the node rules that allow SSH and the API server from your networks.',
        ]
      : [],
  });
}

function hetznerRows({ sides, model }: ReportedDeployment): string[][] {
  return hetznerOpenings(sides).map(({ object, protocol, from, to, sources }) => [
    object,
    protocol,
    from === to ? String(from) : `${from}-${to}`,
    describeSources(sources, model.cloudflareRanges),
  ]);
}

/** The rules of the firewalls on the nodes. Nodes with the same rule share a row. */
function nodeRows({ sides, model }: ReportedDeployment): string[][] {
  const nodes = new Map<string, string[]>();
  for (const setup of sides.setups)
    for (const row of rowsOf(setup, model.cloudflareRanges)) append(nodes, JSON.stringify(row), setup.name);
  return [...nodes].map(([row, names]) => [
    `ufw of ${names.length === sides.setups.length ? 'every node' : names.join(', ')}`,
    ...(JSON.parse(row) as string[]),
  ]);
}

/** The rules of one node. Rules that differ only in their source share a row. */
function rowsOf({ firewall }: NodeSetup, cloudflare: readonly string[]): string[][] {
  const sources = new Map<string, string[]>();
  for (const rule of firewall) append(sources, JSON.stringify(ruleWords(rule)), rule.from);
  return [...sources].map(([words, from]) => {
    const [purpose = '', protocol = '', ports = ''] = JSON.parse(words) as string[];
    const described = describeSources(from, cloudflare);
    return [protocol, ports, described === 'Cloudflare' ? described : `${purpose}: ${described}`];
  });
}

function ruleWords({ purpose, protocol, ports = ['all'] }: FirewallRule): string[] {
  return [purpose, protocol ?? 'all', ports.join(', ').replaceAll(':', '-')];
}

function describeSources(sources: readonly string[], cloudflare: readonly string[]): string {
  if (cloudflare.length > 0 && cloudflare.every((range) => sources.includes(range))) return 'Cloudflare';
  if (sources.length <= mostSources) return sources.join(', ');
  return `${sources.slice(0, mostSources - 1).join(', ')} and ${sources.length - mostSources + 1} others`;
}
