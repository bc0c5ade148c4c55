import type { Path } from '../../../input/source';
import type { Deployment } from '../schema/schema';
import { edgeHostsOf } from '../schema/workloads';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** Every public host must be in the zone, and workloads with hosts need the section `edge`. */
export function edgeFindings(
  { edge, secrets, workloads }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  const hosts = Object.entries(workloads).flatMap(([name, workload]) =>
    edgeHostsOf(workload).map((host, index) => ({
      host,
      path: ['workloads', name, 'hosts', index] as Path,
    })),
  );
  if (edge === undefined) {
    return hosts.map(({ host, path }) =>
      at(path, `is ${host}, but the section edge is missing; add edge, or remove the host`),
    );
  }
  const outside = hosts
    .filter(({ host }) => host !== edge.zone && !host.endsWith(`.${edge.zone}`))
    .map(({ host, path }) =>
      at(path, `is ${host}, outside of edge.zone, ${edge.zone}; it must end with .${edge.zone}`),
    );
  const deep = hosts
    .filter(({ host }) => host.endsWith(`.${edge.zone}`) && isDeep(host, edge.zone))
    .map(({ host, path }) =>
      at(
        path,
        `is ${host}, two or more labels below edge.zone, ${edge.zone}; Cloudflare's certificates cover the zone and one label below it, so browsers would refuse the host. Use a name such as ${host.slice(0, -edge.zone.length - 1).replaceAll('.', '-')}.${edge.zone}`,
      ),
    );
  return [...outside, ...deep, ...certificateFindings(edge.tlsSecret, secrets, declared)];
}

/**
 * Whether a host is too deep in the zone for Cloudflare's Universal SSL certificate, which covers one label
 * below the zone.
 *
 * @see https://developers.cloudflare.com/ssl/edge-certificates/universal-ssl/limitations/
 */
function isDeep(host: string, zone: string): boolean {
  return host.slice(0, -zone.length - 1).includes('.');
}

/**
 * Traefik uses strict SNI, so it has no default certificate: if the Secret lacks the certificate or the key,
 * TLS fails for all hosts.
 */
function certificateFindings(
  secret: string,
  secrets: Deployment['secrets'],
  declared: DeclaredNames,
): ConfigFinding[] {
  if (!declared.secrets.includes(secret)) {
    return [at(['edge', 'tlsSecret'], unknown('the Secret', secret, declared.secrets))];
  }
  const keys = secrets[secret]?.keys;
  if (keys === undefined) return [];
  const missing = ['tls.crt', 'tls.key'].filter((key) => !Object.hasOwn(keys, key));
  if (missing.length === 0) return [];
  const message = `is ${secret}, which has no ${missing.join(' and no ')}; set the name of a Secret of type kubernetes.io/tls`;
  return [at(['edge', 'tlsSecret'], message)];
}
