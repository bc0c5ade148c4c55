import type { Json } from '../../documents/kubernetes';

/**
 * Values of the Traefik Helm chart, version 39. Only the values that this project sets have exact types; the
 * keys of the other sections come from `imports/traefik-chart`.
 */
export type TraefikValues = Readonly<{
  deployment?: DeploymentValues;
  hostNetwork?: boolean;
  updateStrategy?: Readonly<{
    type?: 'RollingUpdate' | 'OnDelete';
    rollingUpdate?: Readonly<{ maxUnavailable?: number | string; maxSurge?: number | string }>;
  }>;
  service?: Section & Readonly<{ enabled?: boolean }>;
  providers?: Section;
  /** The entry points by name; `null` removes an entry point of the chart. */
  ports?: Readonly<Record<string, EntryPoint | null>>;
  logs?: LogValues;
  metrics?: Section;
  /** The TLSOptions by name. `default` applies to every router that names no TLSOptions. */
  tlsOptions?: Readonly<Record<string, TlsOptions>>;
  priorityClassName?: string;
  resources?: Readonly<{
    requests?: Readonly<Record<string, string>>;
    limits?: Readonly<Record<string, string>>;
  }>;
  securityContext?: Section;
  podSecurityContext?: Section;
}> &
  Readonly<Partial<Record<OtherSection, Json>>>;

/** A map of the chart's values. */
export type Section = { readonly [key: string]: Json | undefined };

type DeploymentValues = Section & Readonly<{ kind?: 'DaemonSet' | 'Deployment'; dnsPolicy?: string }>;

/** An entry point: its address, and its settings that apply to all routers. */
export type EntryPoint = Readonly<{
  port?: number;
  /**
   * The address to listen on. @default every address of the pod; on the host network, every address of the
   * node
   */
  hostIP?: string | null;
  /**
   * Whether this entry point serves routers that name no entry point. @default true, if no entry point sets
   * `asDefault`
   */
  asDefault?: boolean | null;
  http?: Section;
  http3?: Readonly<{ enabled?: boolean; advertisedPort?: number | null }>;
  /** The proxies whose X-Forwarded-* headers are trusted. */
  forwardedHeaders?: Readonly<{ trustedIPs?: readonly string[]; insecure?: boolean }>;
  proxyProtocol?: Readonly<{ trustedIPs?: readonly string[]; insecure?: boolean }>;
  transport?: Section;
  observability?: Section;
}> &
  Readonly<Partial<Record<OtherPortKey, Json>>>;

type LogValues = Readonly<{ general?: Section; access?: Section }>;

type TlsOptions = Section & Readonly<{ minVersion?: string; maxVersion?: string; sniStrict?: boolean }>;

type OtherPortKey =
  | 'allowACMEByPass'
  | 'appProtocol'
  | 'containerPort'
  | 'expose'
  | 'exposedPort'
  | 'hostPort'
  | 'nodePort'
  | 'protocol'
  | 'targetPort';

type OtherSection =
  | 'additionalArguments'
  | 'additionalVolumeMounts'
  | 'affinity'
  | 'api'
  | 'autoscaling'
  | 'certificatesResolvers'
  | 'commonLabels'
  | 'core'
  | 'env'
  | 'envFrom'
  | 'experimental'
  | 'extraObjects'
  | 'gateway'
  | 'gatewayClass'
  | 'global'
  | 'image'
  | 'ingressClass'
  | 'ingressRoute'
  | 'livenessProbe'
  | 'nodeSelector'
  | 'ocsp'
  | 'persistence'
  | 'podDisruptionBudget'
  | 'rbac'
  | 'readinessProbe'
  | 'serviceAccount'
  | 'serviceAccountAnnotations'
  | 'startupProbe'
  | 'tlsStore'
  | 'tolerations'
  | 'topologySpreadConstraints'
  | 'tracing'
  | 'volumes';
