import { didYouMean } from '../../../documents/nearest';
import { freePlan } from '../schema/cloudflare';
import type { CloudflareConfig, Deployment } from '../schema/schema';
import { edgeHostsOf } from '../schema/workloads';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** The generated rule that exempts the nodes from the rate limit counts as a custom rule. */
const ownCustomRules = ['nodes_unlimited'];

/** One year, the minimum that the preload list of browsers requires. */
const preloadSeconds = 31_536_000;

/** Contradictions between the zone, its rules and the imported resources. */
export function zoneFindings(deployment: Deployment, declared: DeclaredNames): ConfigFinding[] {
  const cloudflare = deployment.edge?.cloudflare;
  return [
    ...(cloudflare === undefined ? [] : [...ruleFindings(cloudflare), ...hstsFindings(cloudflare)]),
    ...recordFindings(deployment, declared),
  ];
}

function ruleFindings(cloudflare: CloudflareConfig): ConfigFinding[] {
  return (['customRules', 'cacheRules'] as const).flatMap((kind) => {
    const own = kind === 'customRules' ? ownCustomRules : [];
    const names = [...own, ...cloudflare[kind].map(({ name }) => name)];
    const room = freePlan[kind] - own.length;
    const place = ['edge', 'cloudflare', kind];
    const inAddition = own.length === 0 ? '' : ` in addition to ${own.join(' and ')}`;
    return cloudflare[kind].flatMap(({ name }, index) => [
      ...(names.indexOf(name) < index + own.length
        ? [at([...place, index, 'name'], `is ${name}, the name of another rule; choose a unique name`)]
        : []),
      ...(index >= room
        ? [
            at(
              [...place, index],
              `is rule ${index + 1}, but the Free plan allows only ${room}${inAddition}; combine it with another rule, or remove it`,
            ),
          ]
        : []),
    ]);
  });
}

function hstsFindings({ hsts }: CloudflareConfig): ConfigFinding[] {
  if (hsts.preload !== true) return [];
  const place = ['edge', 'cloudflare', 'hsts'];
  return [
    ...(hsts.includeSubdomains === true
      ? []
      : [
          at(
            [...place, 'preload'],
            'is true, which requires includeSubdomains: true; set includeSubdomains: true, or remove preload',
          ),
        ]),
    ...(hsts.maxAgeSeconds >= preloadSeconds
      ? []
      : [
          at(
            [...place, 'maxAgeSeconds'],
            `is ${hsts.maxAgeSeconds}, but preload requires at least ${preloadSeconds}; raise maxAgeSeconds, or remove preload`,
          ),
        ]),
  ];
}

/** Suggests only hosts that have no imported records yet. */
function unknownHost(host: string, hosts: readonly string[], adopted: readonly string[]): string {
  const open = hosts.filter((each) => !adopted.includes(each));
  const hint =
    didYouMean(host, open) ||
    '; remove the entry (the DNS records stay unchanged), or add the host to a workload';
  return `has the host "${host}", which no workload has${hint}`;
}

function recordFindings(
  { workloads, edge, adopt }: Deployment,
  { nodes, complete }: DeclaredNames,
): ConfigFinding[] {
  const { records = {}, zoneSettings, rulesets } = adopt ?? {};
  const hosts = Object.values(workloads).flatMap(edgeHostsOf);
  const findings = Object.entries(records).flatMap(([host, ids]) => {
    const place = ['adopt', 'records', host];
    // If a workload is invalid, its own error is reported; its hosts are unknown then.
    if (!hosts.includes(host))
      return complete ? [{ ...at(place, unknownHost(host, hosts, Object.keys(records))), key: true }] : [];
    const strangers = Object.keys(ids).filter((node) => !nodes.includes(node));
    return strangers.map((node) => ({
      ...at([...place, node], unknown('the node', node, nodes)),
      key: true,
    }));
  });
  const something = Object.keys(records).length > 0 || zoneSettings === true || rulesets !== undefined;
  if (something && edge?.cloudflare === undefined && complete) {
    const message =
      'names resources of Cloudflare, but edge.cloudflare is missing; add edge.cloudflare, or remove these entries from the configuration';
    findings.push({ ...at(['adopt'], message), key: true });
  }
  return findings;
}
