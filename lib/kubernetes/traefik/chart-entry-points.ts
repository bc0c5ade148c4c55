import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { helmValues } from '../helm-values';
import { valueAtSteps } from '../path';

/** An entry point of Traefik at an address of the node. */
export interface ListeningEntryPoint {
  readonly name: string;
  /** The port of the node, or of the Service that k3s publishes on the node. */
  readonly port: number;
  /** Whether it decrypts TLS. */
  readonly isTls: boolean;
  /** Proxies whose headers about the visitor are trusted. */
  readonly trustedIps: readonly string[];
  /** Path in the HelmChartConfig, such as `spec.valuesContent.ports.websecure`. */
  readonly path: string;
}

/** The Traefik that a HelmChartConfig of k3s describes. */
export interface ChartTraefik {
  readonly object: KubernetesObject;
  readonly isOnHostNetwork: boolean;
  readonly entryPoints: readonly ListeningEntryPoint[];
  /** Names of the entry points of a route that names none. */
  readonly defaultNames: readonly string[];
  /** Whether a client without a matching certificate is refused. */
  readonly isSniStrict: boolean;
}

/** Where values of the chart are in a HelmChartConfig. They are YAML in a string. */
export const chartValuesPath = 'spec.valuesContent';

/** The ports of the chart that k3s publishes on the nodes, unless the values change them. */
const published: Readonly<Record<string, { readonly port: number; readonly isTls: boolean }>> = {
  web: { port: 80, isTls: false },
  websecure: { port: 443, isTls: true },
};

/**
 * Traefik as the values of its chart describe it. On the host network an entry point listens on its own port of the node,
 * otherwise on its hostPort, or on the port of the Service that k3s publishes on every node.
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
