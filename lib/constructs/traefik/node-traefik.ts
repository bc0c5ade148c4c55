import type { Json } from '../../documents/kubernetes';
import { traefikPorts } from '../ports';
import type { Section, TraefikValues } from './traefik-values';

/** What this Traefik needs beside what is the same for all. */
interface Particulars {
  readonly trustedIPs: readonly string[];
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly priorityClass: string;
}

/** Traefik on every node's own 443 and nothing else, behind a proxy that is known by its addresses. */
export function nodeTraefik({ trustedIPs, requests, priorityClass }: Particulars): TraefikValues {
  return {
    deployment: { kind: 'DaemonSet', dnsPolicy: 'ClusterFirstWithHostNet' },
    hostNetwork: true,
    // The chart's default starts the new pod first, which finds the node's ports taken: the chart refuses it.
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    service: { enabled: false },
    providers: {
      kubernetesCRD: { allowCrossNamespace: false },
      kubernetesIngress: { publishedService: { enabled: false } },
    },
    ports: {
      // Helm removes what null stands for: nothing listens on 80.
      web: null,
      websecure: {
        port: traefikPorts.https,
        // Otherwise a router that names no entry point is served on the metrics' port as well, without TLS.
        asDefault: true,
        http: { tls: { enabled: true } },
        forwardedHeaders: { trustedIPs },
      },
      // The probes come from the node itself.
      traefik: { port: traefikPorts.health, hostIP: '127.0.0.1' },
      // 9100 is node-exporter's.
      metrics: { port: traefikPorts.metrics },
    },
    logs: { access: accessLog },
    metrics: { prometheus: { entryPoint: 'metrics', addRoutersLabels: true } },
    tlsOptions: { default: { minVersion: 'VersionTLS12', sniStrict: true } },
    priorityClassName: priorityClass,
    resources: { requests },
    // 443 without a capability: the nodes set net.ipv4.ip_unprivileged_port_start.
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
 * Headers carry cookies and tokens: only what tells who asked is kept. So do paths, in their queries, which this Traefik
 * can't leave out alone; which route and service a request took is kept.
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

/** Maps are merged key by key; everything else, null and lists too, replaces what stood there. */
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
