import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { helmValues } from '../helm-values';
import { valueAtSteps } from '../path';

/** An entry point of Traefik, and the port of a node on which it listens. */
export interface ListeningEntryPoint {
  readonly name: string;
  /**
   * The port on the node: the entry point's own port, or the port of the Service that k3s publishes on every node.
   */
  readonly port: number;
  /** Whether the entry point terminates TLS. */
  readonly isTls: boolean;
  /** Addresses of the proxies whose X-Forwarded-* headers Traefik trusts. */
  readonly trustedIps: readonly string[];
  /** Path in the HelmChartConfig, such as `spec.valuesContent.ports.websecure`. */
  readonly path: string;
}

/** The settings of Traefik in a HelmChartConfig of k3s. */
export interface ChartTraefik {
  readonly object: KubernetesObject;
  readonly isOnHostNetwork: boolean;
  readonly entryPoints: readonly ListeningEntryPoint[];
  /** Names of the entry points for a route that sets none. */
  readonly defaultNames: readonly string[];
  /** Whether Traefik refuses a TLS client if no certificate matches the requested name. */
  readonly isSniStrict: boolean;
}

/** The field of a HelmChartConfig with the values of the chart, which are YAML in a string. */
export const chartValuesPath = 'spec.valuesContent';

/** The entry points that k3s publishes on the nodes by default. */
const published: Readonly<Record<string, { readonly port: number; readonly isTls: boolean }>> = {
  web: { port: 80, isTls: false },
  websecure: { port: 443, isTls: true },
};

/**
 * Reads the settings of Traefik from the chart values. On the host network, an entry point listens on its own port.
 * Otherwise, it listens on its hostPort, or on the port of the Service that k3s publishes on every node.
 *
 * @see https://docs.k3s.io/networking/networking-services#traefik-ingress-controller
 * @throws YAMLParseError if the values are not valid YAML
 */
export function chartTraefik(object: KubernetesObject): ChartTraefik {
  const values = helmValues(object) ?? {};
  const read = (...path: string[]): Json | undefined => valueAtSteps(values, path);
  const isOnHostNetwork = read('hostNetwork') === true;
  const hasService = read('service', 'enabled') !== false;
  const names = [...new Set([...Object.keys(published), ...keysOf(read('ports'))])];
  const entryPoints = names.flatMap((name): ListeningEntryPoint[] => {
    const stated = read('ports', name);
    if (stated === null || (stated === undefined && !(name in published))) return [];
    const field = (...path: string[]) => read('ports', name, ...path);
    if (field('hostIP') === '127.0.0.1' || field('protocol') === 'UDP') return [];
    const isExposed = hasService && (field('expose', 'default') ?? name in published) === true;
    const service = isExposed ? (field('exposedPort') ?? published[name]?.port) : undefined;
    const port = isOnHostNetwork ? field('port') : (field('hostPort') ?? service);
    if (typeof port !== 'number') return [];
    const isTls =
      field('http', 'tls', 'enabled') ?? field('tls', 'enabled') ?? published[name]?.isTls ?? false;
    const trustedIps = field('forwardedHeaders', 'trustedIPs');
    return [
      {
        ...{ name, port, isTls: isTls === true },
        trustedIps: Array.isArray(trustedIps) ? trustedIps.map(String) : [],
        path: stated === undefined ? chartValuesPath : `${chartValuesPath}.ports.${name}`,
      },
    ];
  });
  const marked = entryPoints.filter(({ name }) => read('ports', name, 'asDefault') === true);
  return {
    ...{ object, isOnHostNetwork, entryPoints },
    defaultNames: (marked.length > 0 ? marked : entryPoints).map(({ name }) => name),
    isSniStrict: read('tlsOptions', 'default', 'sniStrict') === true,
  };
}

function keysOf(value: Json | undefined): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
