import type { Json, JsonMap } from '../../documents/kubernetes';
import type { TerraformResource } from '../../documents/terraform';
import { helmValues } from '../../kubernetes/helm-values';
import type { PictureBox, PictureClaim, PicturePart } from './picture';
import { manifestsOf, type PictureSources, resourcesIn } from './sources';

/** The box of the nodes, each with its firewall and its Traefik. Undefined if the nodes are not known. */
export function nodesBox(sources: PictureSources): PictureBox | undefined {
  const { nodes, edgeAddresses } = sources.drill.cluster.facts;
  if (!sources.knowsNodes || nodes.length === 0) return undefined;
  const traefik = traefikClaims(sources);
  const parts = nodes.map(({ name, zone }): PicturePart => {
    const address = edgeAddresses.find(({ node }) => node === name)?.address;
    const firewall = [...firewallClaims(sources, name), ...(sources.nodeClaims?.get(name) ?? [])];
    return {
      ...{ id: `node:${name}`, part: 'node', title: name },
      details: [
        ...[address ?? zone].filter((each) => each !== undefined),
        ...(firewall.length > 0 ? ['firewall'] : []),
        ...(traefik.length > 0 ? ['Traefik'] : []),
      ],
      objects: [`hcloud_server.${name}`, `hcloud_primary_ip.${name}`, name],
      claims: [...recordClaims(sources, address), ...firewall, ...traefik],
    };
  });
  return {
    ...{
      id: 'nodes',
      kind: 'nodes',
      layer: 'traffic',
      details: [],
      secrets: [],
      volumes: [],
      ports: [],
      claims: [],
    },
    title: nodes.length === 1 ? 'The node' : `${nodes.length} nodes`,
    objects: resourcesIn(sources, 'hcloud_firewall').map(({ address }) => address),
    parts,
  };
}

function recordClaims(sources: PictureSources, address: string | undefined): PictureClaim[] {
  if (address === undefined) return [];
  const records = resourcesIn(sources, 'cloudflare_dns_record').filter(
    ({ body }) => body['content'] === address,
  );
  const claims = records.slice(0, listedRecords).map(
    (record): PictureClaim => ({
      sentence: `Cloudflare sends requests for ${record.body['name']} to ${address}.`,
      evidence: { kind: 'resource', address: record.address, path: 'content' },
    }),
  );
  const more = records.length - claims.length;
  return more === 0
    ? claims
    : [
        ...claims,
        {
          sentence: `Cloudflare also sends requests for ${more} other hosts to ${address}: see DNS records.`,
        },
      ];
}

/**
 * DNS records that are listed for a node. Further records are only counted, because all nodes have the same hosts.
 */
const listedRecords = 6;

/** The rules of the Hetzner firewalls that protect a server. */
function firewallClaims(sources: PictureSources, node: string): PictureClaim[] {
  const server = resourcesIn(sources, 'hcloud_server').find(({ name }) => name === node);
  const firewalls = resourcesIn(sources, 'hcloud_firewall').filter((firewall) => protects(firewall, server));
  return firewalls.flatMap(({ address, body }) =>
    asMaps(body['rule']).map((rule, index): PictureClaim => {
      const port = rule['port'] === undefined ? '' : ` ${rule['port']}`;
      return {
        sentence: `The firewall allows incoming ${String(rule['protocol']).toUpperCase()}${port}: ${rule['description'] ?? 'no description'}.`,
        evidence: { kind: 'resource', address, path: `rule[${index}]` },
      };
    }),
  );
}

function protects(firewall: TerraformResource, server: TerraformResource | undefined): boolean {
  return JSON.stringify(server?.body['firewall_ids'] ?? []).includes(firewall.address);
}

/** The Helm values of Traefik that set its ports. */
interface TraefikListeners {
  readonly hostNetwork?: boolean;
  readonly ports?: Readonly<Record<string, { readonly port?: number; readonly hostPort?: number } | null>>;
}

/** The entry points that the Traefik of k3s opens on the nodes. */
function traefikClaims(sources: PictureSources): PictureClaim[] {
  const config = manifestsOf(sources)
    .of('HelmChartConfig')
    .find(({ object }) => object.metadata.name === 'traefik');
  if (config === undefined) return [];
  const { hostNetwork = false, ports = {} } = (helmValues(config.object) ?? {}) as TraefikListeners;
  return Object.entries(ports).flatMap(([name, listener]) => {
    const port = listener?.hostPort ?? (hostNetwork ? listener?.port : undefined);
    if (port === undefined) return [];
    return [
      {
        sentence: `The entry point ${name} of Traefik accepts requests on port ${port} of the node.`,
        evidence: { kind: 'field', object: config.object, path: 'spec.valuesContent' },
      },
    ];
  });
}

function asMaps(value: Json | undefined): readonly JsonMap[] {
  return Array.isArray(value) ? (value as readonly JsonMap[]) : [];
}
