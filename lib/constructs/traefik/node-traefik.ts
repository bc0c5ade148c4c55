import type { Json } from '../../documents/kubernetes';
import { traefikPorts } from '../ports';
import type { Section, TraefikValues } from './traefik-values';

/** The settings that differ between deployments. */
interface Particulars {
  readonly trustedIPs: readonly string[];
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly priorityClass: string;
}

/**
 * The chart values for a Traefik on port 443 of every node and no other public port, behind a proxy with
 * known addresses.
 */
export function nodeTraefik({ trustedIPs, requests, priorityClass }: Particulars): TraefikValues {
  return {
    deployment: { kind: 'DaemonSet', dnsPolicy: 'ClusterFirstWithHostNet' },
    hostNetwork: true,
    // The old pod must stop before the new pod starts, because both use the ports of the node. The chart's
    // default starts the new pod first, which the chart refuses on the host network.
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    service: { enabled: false },
    providers: {
      kubernetesCRD: { allowCrossNamespace: false },
      kubernetesIngress: { publishedService: { enabled: false } },
    },
    ports: {
      // Helm removes a key that is null, so Traefik does not listen on port 80.
      web: null,
      websecure: {
        port: traefikPorts.https,
        // Without this, a router that names no entry point is also served on the metrics port, without TLS.
        asDefault: true,
        http: { tls: { enabled: true } },
        forwardedHeaders: { trustedIPs },
      },
      // The kubelet of the node sends the probes, so the loopback address is sufficient.
      traefik: { port: traefikPorts.health, hostIP: '127.0.0.1' },
      // Port 9100 is the port of node-exporter.
      metrics: { port: traefikPorts.metrics },
    },
    logs: { access: accessLog },
    metrics: { prometheus: { entryPoint: 'metrics', addRoutersLabels: true } },
    tlsOptions: { default: { minVersion: 'VersionTLS12', sniStrict: true } },
    priorityClassName: priorityClass,
    resources: { requests },
    // Traefik needs no capability for port 443, because the nodes set net.ipv4.ip_unprivileged_port_start.
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    podSecurityContext: {
      runAsUser: 65_532,
      runAsGroup: 65_532,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/**
 * Headers and query strings may contain cookies and tokens. The log has only the headers that identify the
 * client, and no paths, because this version of Traefik can't remove only the query string. The log still has
 * the route and the service of each request.
 */
const accessLog = {
  enabled: true,
  format: 'json',
  fields: {
    general: {
      defaultmode: 'keep',
      names: { ClientUsername: 'drop', RequestLine: 'drop', RequestPath: 'drop' },
    },
    headers: {
      defaultmode: 'drop',
      names: { 'User-Agent': 'keep', 'Cf-Connecting-Ip': 'keep', 'Cf-Ray': 'keep' },
    },
  },
};

/** Merges maps key by key. Any other value, including null and lists, replaces the previous one. */
export function mergeValues(base: Json, more: Json): Json {
  if (!isSection(base) || !isSection(more)) return more;
  const merged: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const under = base[key];
    if (value !== undefined) merged[key] = under === undefined ? value : mergeValues(under, value);
  }
  return merged;
}

function isSection(value: Json): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
