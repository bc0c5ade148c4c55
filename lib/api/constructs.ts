/**
 * Constructs for any cdk8s app: `@honeydue/infrastructure/constructs`. They load only the packages cdk8s, constructs
 * and cdk8s-plus-30.
 */

export type {
  BackupBucket,
  BackupDatabase,
  BackupImages,
  BackupMetrics,
  BackupParts,
} from '../constructs/backup/backup-parts';
export { PostgresBackup, type PostgresBackupProps } from '../constructs/backup/postgres-backup';
export { CronJob, type CronJobProps, type JobSchedule } from '../constructs/cron-job';
export { DenyAll, type DenyAllProps } from '../constructs/deny-all';
export {
  External,
  ForeignPods,
  type ForeignPodsProps,
  HostNetworkIngress,
  HostNetworkService,
} from '../constructs/external';
export { MetricsAgent, type MetricsAgentProps } from '../constructs/metrics/metrics-agent';
export { MetricsService, type MetricsServiceProps } from '../constructs/metrics/metrics-service';
export { RedisExporter, type RedisExporterProps } from '../constructs/metrics/redis-exporter';
export type { ScrapeTarget } from '../constructs/metrics/scrape-config';
export { MigrationJob, type MigrationJobProps } from '../constructs/migration-job';
export {
  NamespaceLimits,
  type NamespaceLimitsProps,
  type PodAllowance,
} from '../constructs/namespace-limits';
export { NetworkPolicies, type NetworkPoliciesProps } from '../constructs/network-policies';
export type { ServiceAccountProps } from '../constructs/parts/account';
export type { Autoscaling, ExternalMetric } from '../constructs/parts/autoscaler';
export type { ConnectableWorkload } from '../constructs/parts/connectable-workload';
export type { Connectable, Connection, Destination, Party } from '../constructs/parts/connections';
export type {
  ContainerProgram,
  ExtraContainer,
  ExtraContainers,
  SidecarContainer,
} from '../constructs/parts/containers';
export type {
  ConfigMapSource,
  Environment,
  EnvironmentValue,
  SecretKey,
  SecretSource,
} from '../constructs/parts/environment';
export type { ObjectPatches, PatchableKinds, PatchableName, StrategicPatch } from '../constructs/parts/patch';
export type { PodPlacement } from '../constructs/parts/placement';
export type { PodProps } from '../constructs/parts/pod';
export type {
  CommandProbe,
  CommandProbes,
  PortProbe,
  ProbeTiming,
  ServiceProbes,
} from '../constructs/parts/probes';
export type { ReplicaProps, ScaledReplicas } from '../constructs/parts/replicas';
export type { Bounds, Resources } from '../constructs/parts/resources';
export type { KeysVolume, MountedVolume, Mounts, Scratch, SecretFile } from '../constructs/parts/volumes';
export { PriorityClass, type PriorityClassProps } from '../constructs/priority-class';
export { type PropProblem, PropsError } from '../constructs/props-error';
export { PinnedRedis, type PinnedRedisProps } from '../constructs/redis/pinned-redis';
export { SingletonWorker, type SingletonWorkerProps } from '../constructs/singleton-worker';
export { type PodStorage, StatefulService, type StatefulServiceProps } from '../constructs/stateful-service';
export { BasicAuth, type BasicAuthProps } from '../constructs/traefik/basic-auth';
export { Compression, type CompressionProps } from '../constructs/traefik/compression';
export { HostIngress, type HostIngressProps } from '../constructs/traefik/host-ingress';
export { RateLimit, type RateLimitProps } from '../constructs/traefik/rate-limit';
export { RateLimitExemption, type RateLimitExemptionProps } from '../constructs/traefik/rate-limit-exemption';
export { RequestSize, type RequestSizeProps } from '../constructs/traefik/request-size';
export { SecurityHeaders, type SecurityHeadersProps } from '../constructs/traefik/security-headers';
export { TraefikConfig, type TraefikConfigProps } from '../constructs/traefik/traefik';
export type { TraefikValues } from '../constructs/traefik/traefik-values';
export {
  WebService,
  WebService as HoneydueWebService,
  type WebServiceProps,
  type WebServiceProps as HoneydueWebServiceProps,
} from '../constructs/web-service';
export { Worker, type WorkerProps } from '../constructs/worker';
