import type { Json } from '../../documents/kubernetes';
import type { TerraformResource } from '../../documents/terraform';
import { kindOf } from '../../kubernetes/objects/object-key';
import { certificateNames, coveringNames, recordsByName } from './edge-path';
import {
  type Agreement,
  addressesOf,
  type ClusterNode,
  type Disagreement,
  jsonAt,
  listAt,
  type Sides,
  terraformResources,
} from './sides';

/** A host is reachable only if DNS record, certificate, TLS Secret and the zone's TLS mode match. */
export const edgeHosts: Agreement = {
  id: 'edge-hosts',
  sentence:
    'Every host of an Ingress has a proxied DNS record for each node, a certificate that covers it, a TLS Secret, and a zone in strict mode. Every DNS record belongs to a host of an Ingress.',
  why: "If one is missing, users see Cloudflare's error 521, 525 or 526. A record without a host sends requests to a node that has no route for them.",
  source: 'https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/full-strict/',
  severity: 'high',
  fix: 'Set the host under workloads.*.hosts: record, certificate and Ingress are derived from it.',
  differences: (sides) => {
    // Without a zone in Terraform's configuration, nothing can be compared.
    if (!sides.terraform.some(({ data }) => data['cloudflare_zone'] !== undefined)) return [];
    const ingresses = ingressHosts(sides);
    // Several Ingresses can have the same host with different paths; a finding is reported only for the first
    // of them.
    const first = new Map(ingresses.map((each) => [each.host, each]).reverse() as [string, IngressHost][]);
    const records = recordsByName(sides);
    return [
      ...ingresses
        .filter(({ secret }) => secret === undefined)
        .map(({ object, host }) => ({
          object,
          path: 'spec.tls',
          message: `has no TLS Secret for ${host}: Cloudflare refuses Traefik's default certificate. Add the host to an entry of spec.tls`,
        })),
      ...[...first.values()]
        .reverse()
        .flatMap(({ object, host }) => [
          ...recordDifferences(sides.nodes, records.get(host) ?? [], object, host),
          ...certificateDifferences(sides, object, host),
        ]),
      ...strayRecords(
        records,
        ingresses.map(({ host }) => host),
      ),
      ...modeDifferences(sides),
    ];
  },
};

interface IngressHost {
  readonly object: string;
  readonly host: string;
  readonly secret: string | undefined;
}

function ingressHosts({ objects }: Sides): IngressHost[] {
  return objects
    .filter((object) => kindOf(object) === 'Ingress' && isOfEdge(object['spec']))
    .flatMap(({ metadata, spec }) => {
      const tls = listAt(spec, 'tls');
      return listAt(spec, 'rules').flatMap((rule) => {
        const host = jsonAt(rule, 'host');
        if (typeof host !== 'string') return [];
        const entry = tls.find((each) => listAt(each, 'hosts').includes(host));
        const secret = jsonAt(entry, 'secretName');
        const object = `Ingress ${metadata.namespace}/${metadata.name}`;
        return [{ object, host, secret: typeof secret === 'string' ? secret : undefined }];
      });
    });
}

/** Ingresses of other classes are not served by Traefik and Cloudflare. */
function isOfEdge(spec: Json | undefined): boolean {
  return ['traefik', undefined].includes(jsonAt(spec, 'ingressClassName') as string | undefined);
}

function recordDifferences(
  nodes: readonly ClusterNode[],
  records: readonly TerraformResource[],
  object: string,
  host: string,
): Disagreement[] {
  const missing = nodes.filter(
    (node) => !records.some(({ body }) => addressesOf(node).includes(String(body['content']))),
  );
  const names = missing.map(({ name }) => name).join(', ');
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            object,
            path: 'spec.rules',
            message: `has the host ${host}, which has no DNS record with the address of ${names}; add the record`,
          },
        ]),
    ...records
      .filter(({ body }) => body['proxied'] !== true)
      .map(({ address }) => ({
        object: address,
        path: 'proxied',
        message: `is not true for ${host}, so DNS reveals the node's address; set proxied: true`,
      })),
  ];
}

function certificateDifferences(sides: Sides, object: string, host: string): Disagreement[] {
  if (coveringNames(sides, host).length > 0) return [];
  const has = certificateNames(sides).join(', ') || 'nothing';
  const message = `has the host ${host}, which the origin certificate doesn't cover: it covers ${has}, and "*" matches one label`;
  return [{ object, path: 'spec.tls', message }];
}

function strayRecords(
  records: ReadonlyMap<string, readonly TerraformResource[]>,
  known: readonly string[],
): Disagreement[] {
  const hosts = new Set(known);
  return [...records.values()]
    .flat()
    .filter(({ body }) => !hosts.has(String(body['name'])))
    .map(({ address, body }) => ({
      object: address,
      path: 'name',
      message: `is ${String(body['name'])}, which is not a host of any Ingress; remove the record, or add the host under workloads.*.hosts`,
    }));
}

function modeDifferences(sides: Sides): Disagreement[] {
  const setting = terraformResources(sides, 'cloudflare_zone_setting').find(
    ({ body }) => body['setting_id'] === 'ssl',
  );
  if (setting?.body['value'] === 'strict') return [];
  const object = setting?.address ?? 'the zone';
  const message = `is ${JSON.stringify(setting?.body['value'] ?? null)}; it must be "strict": otherwise the connection between Cloudflare and the nodes can be intercepted`;
  return [{ object, path: 'value', message }];
}
