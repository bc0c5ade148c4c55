import { didYouMean } from '../../../documents/nearest';
import type { TerraformResource } from '../../../documents/terraform';
import { describeRequest, type WebRequest } from '../../../documents/web-request';
import { referencesOf } from '../../../terraform/references';
import { countedNodes, listed, stop, type TraceSteps } from '../step';
import type { TraceNode, TraceSubject } from '../subject';
import type { Arrival } from './arrival';
import { admitsProxyOnly } from './firewalls';

const recordTypes = ['cloudflare_dns_record', 'cloudflare_record'];

/**
 * The ports on which Cloudflare accepts requests. @see
 * https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
const proxiedPorts = {
  http: [80, 8080, 8880, 2052, 2082, 2086, 2095],
  https: [443, 2053, 2083, 2087, 2096, 8443],
} as const;

/** The DNS record of the host, and whether Cloudflare is in front of it. */
export function* recordSteps(subject: TraceSubject, request: WebRequest): TraceSteps<Arrival> {
  const shared = { key: 'record', title: 'DNS record' } as const;
  const { host } = request;
  const all = subject.ofType(...recordTypes);
  if (all.length === 0) {
    const reason = `The input has no DNS records: the addresses of ${host} are unknown, and whether the Cloudflare proxy is in front of them.`;
    yield { ...shared, outcome: 'unknown', reason, fields: [] };
    return { isProxied: undefined, nodes: subject.nodes, isIpv6: false, records: [] };
  }
  const records = recordsOf(all, host);
  if (records.length === 0) {
    const names = [...new Set(all.map(({ body }) => String(body['name'])))];
    const add = `Add a proxied record that is named ${host} and contains the address of each node`;
    return yield* stop({
      ...shared,
      reason: `No record has the name ${host}, so the name does not resolve. Records exist for ${listed(names)}${didYouMean(host, names) || '.'}`,
      fields: [],
      fix: subject.isComplete ? `${add}: list the host under workloads.<name>.hosts.` : `${add}.`,
    });
  }
  const direct = records.filter(({ body }) => body['proxied'] !== true);
  const nodes = nodesBehind(subject, records);
  const where =
    nodes.length === 0 ? `addresses of unknown nodes` : countedNodes(nodes.map(({ name }) => name));
  const fields = (direct.length === 0 ? records : direct).map((record) =>
    subject.resourceField(record, direct.length === 0 ? 'content' : 'proxied'),
  );
  const isProxied = direct.length === 0;
  const arrival: Arrival = {
    isProxied,
    nodes: isProxied ? nodes : nodesBehind(subject, direct),
    isIpv6: records.every(({ body }) => body['type'] === 'AAAA'),
    records: isProxied ? records : direct,
  };
  if (!isProxied && admitsProxyOnly(subject, request, arrival)) {
    yield* stop({
      ...{ ...shared, fields },
      reason: `${listed(direct.map(({ address }) => address))} ${direct.length === 1 ? 'is' : 'are'} not proxied: visitors connect directly to ${countedNodes(arrival.nodes.map(({ name }) => name))}, but Hetzner's firewall lets only Cloudflare connect.`,
      fix: 'Set proxied = true on the record.',
    });
  }
  yield {
    ...{ ...shared, fields },
    outcome: nodes.length === 0 ? 'unknown' : 'passes',
    reason: isProxied
      ? `${host} resolves to Cloudflare, which connects to ${where}.`
      : `${host} resolves to ${where} without a proxy: visitors connect directly to the node.`,
  };
  if (isProxied) yield* portSteps(subject, request, records);
  return arrival;
}

/**
 * The records of a name. If there are none: the records of the matching wildcard with the most labels. For a CNAME,
 * also the records of its target.
 */
function recordsOf(all: readonly TerraformResource[], host: string, depth = 0): TerraformResource[] {
  const parents = host.split('.').map((_, index, labels) => `*.${labels.slice(index + 1).join('.')}`);
  const name = [host, ...parents].find((each) => all.some(({ body }) => body['name'] === each));
  const found = all.filter(({ body }) => body['name'] === name && isAddress(body['type']));
  return found.flatMap((record) => {
    const target = String(record.body['content'] ?? record.body['value']);
    // Cloudflare itself resolves a proxied CNAME.
    const followed = record.body['type'] === 'CNAME' && depth < 8 ? recordsOf(all, target, depth + 1) : [];
    if (followed.length === 0) return [record];
    return followed.map((each) => ({
      ...each,
      body: { ...each.body, proxied: record.body['proxied'] ?? false },
    }));
  });
}

function isAddress(type: unknown): boolean {
  return type === 'A' || type === 'AAAA' || type === 'CNAME';
}

/**
 * The nodes whose addresses the records contain. A Terraform expression in a record names the resource with the
 * address.
 */
function nodesBehind(subject: TraceSubject, records: readonly TerraformResource[]): TraceNode[] {
  const names = new Set(records.flatMap((record) => serversOf(subject, record)));
  const contents = records.map(({ body }) => String(body['content'] ?? body['value']));
  const known = subject.nodes.filter(
    ({ name, address }) => names.has(name) || (address !== undefined && contents.includes(address)),
  );
  const others = [...names].filter((name) => known.every((node) => node.name !== name));
  return [...known, ...others.map((name) => ({ name }))];
}

function serversOf(subject: TraceSubject, { body }: TerraformResource): string[] {
  const symbols = referencesOf(body['content'] ?? body['value']).map(({ symbol }) => symbol);
  return subject
    .ofType('hcloud_server')
    .filter(({ address, body: server }) => {
      const own = referencesOf(server['public_net']).map(({ symbol }) => symbol);
      return symbols.some((symbol) => symbol === address || own.includes(symbol));
    })
    .map(({ name }) => name);
}

/**
 * The step for the port and scheme. Cloudflare accepts requests only on a few ports, and redirects HTTP if a zone
 * setting says so.
 */
function* portSteps(
  subject: TraceSubject,
  request: WebRequest,
  records: readonly TerraformResource[],
): TraceSteps {
  const shared = { key: 'scheme', title: "Cloudflare's ports" } as const;
  const { scheme, port } = request;
  const ports: readonly number[] = proxiedPorts[scheme];
  const fields = records.map((record) => subject.resourceField(record, 'proxied'));
  if (!ports.includes(port)) {
    yield* stop({
      ...{ ...shared, fields },
      reason: `Cloudflare accepts no ${scheme.toUpperCase()} requests on port ${port}, only on ${listed(ports.map(String))}.`,
      fix: `Use one of these ports, as in ${describeRequest({ ...request, port: ports[0] ?? port })}`,
    });
  }
  const redirect = subject
    .ofType('cloudflare_zone_setting')
    .find(({ body }) => body['setting_id'] === 'always_use_https');
  if (scheme === 'https' || redirect?.body['value'] !== 'on') return;
  const secure = describeRequest({ ...request, scheme: 'https', port: 443 });
  yield* stop({
    ...{ ...shared, title: 'Redirect to HTTPS', fields: [subject.resourceField(redirect, 'value')] },
    reason: `Cloudflare answers every HTTP request itself, with a redirect to ${secure}.`,
    fix: `Request ${secure}`,
  });
}
