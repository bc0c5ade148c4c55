import { didYouMean } from '../../../documents/nearest';
import { freePlan } from '../schema/cloudflare';
import type { CloudflareConfig, Deployment } from '../schema/schema';
import { edgeHostsOf } from '../schema/workloads';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** The rule that exempts the nodes from the rate limit is a custom rule, too. */
const ownCustomRules = ['nodes_unlimited'];

/** One year: the minimum for the preload lists of browsers. */
const preloadSeconds = 31_536_000;

/** Contradictions between the zone, its rules and its imports. */
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
    const besides = own.length === 0 ? '' : ` besides ${own.join(' and ')}`;
    return cloudflare[kind].flatMap(({ name }, index) => [
      ...(names.indexOf(name) < index + own.length
        ? [at([...place, index, 'name'], `is ${name}, the name of another rule; choose a unique name`)]
        : []),
      ...(index >= room
        ? [
            at(
              [...place, index],
              `is rule ${index + 1}, and the Free plan allows ${room}${besides}; combine it with another rule, or remove it`,
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

/** A host that already has records is not suggested. */
function unknownHost(host: string, hosts: readonly string[], adopted: readonly string[]): string {
  const open = hosts.filter((each) => !adopted.includes(each));
  const wayOut =
    didYouMean(host, open) ||
    '; remove the entry (its records stay unchanged), or add the host to a workload';
  return `has the host "${host}", which no workload has${wayOut}`;
}

function recordFindings(
  { workloads, edge, adopt }: Deployment,
  { nodes, complete }: DeclaredNames,
): ConfigFinding[] {
  const { records = {}, zoneSettings, rulesets } = adopt ?? {};
  const hosts = Object.values(workloads).flatMap(edgeHostsOf);
  const findings = Object.entries(records).flatMap(([host, ids]) => {
    const place = ['adopt', 'records', host];
    // A host can be missing because of another error, which is reported at its own place.
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
