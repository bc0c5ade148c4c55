/**
 * The public API: constructs for any cdk8s app, checks for any Kubernetes object, and the set-up of a k3s node for any
 * Terraform. Nothing of it knows honeyDue's configuration.
 */
export type { Acknowledged, Acknowledgement, Unused } from './checks/acknowledgement';
export type { Facts, Node } from './checks/facts';
export type { Finding } from './checks/finding';
export type { Kind, ObjectOf, Typed } from './checks/kinds';
export { checkSchema } from './checks/kubernetes-schema';
export type { Manifests } from './checks/manifests';
export type { ContainerOfPod, Part } from './checks/part';
export {
  bindings,
  containers,
  controllers,
  everyObject,
  jobs,
  objectsOf,
  type Parts,
  type ProbeOfContainer,
  pods,
  probes,
  roles,
  servingContainers,
  servingPods,
} from './checks/parts';
export type { Pod } from './checks/pods';
export {
  type About,
  type Fault,
  type Outcome,
  type Rule,
  type RuleDefinition,
  rule,
  type Severity,
  severities,
  type Verdict,
} from './checks/rule';
export { apiServerRules, linterRules, ownRules, rules } from './checks/rules';
export { type Report, type RunOptions, run } from './checks/run';
export type { Violation } from './checks/violation';
export type { BackupBucket, BackupDatabase, BackupImages, BackupMetrics } from './constructs/backup-parts';
export { BasicAuth, type BasicAuthProps } from './constructs/basic-auth';
export { Compression, type CompressionProps } from './constructs/compression';
export { DenyAll, type DenyAllProps } from './constructs/deny-all';
export { External, HostNetworkIngress, HostNetworkService } from './constructs/external';
export { HostIngress, type HostIngressProps } from './constructs/host-ingress';
export { MetricsAgent, type MetricsAgentProps } from './constructs/metrics-agent';
export { MetricsService, type MetricsServiceProps } from './constructs/metrics-service';
export { MigrationJob, type MigrationJobProps } from './constructs/migration-job';
export { NamespaceLimits, type NamespaceLimitsProps, type PodAllowance } from './constructs/namespace-limits';
export { NetworkPolicies, type NetworkPoliciesProps } from './constructs/network-policies';
export type { Autoscaling } from './constructs/parts/autoscaler';
export type { Connectable, Connection, Destination, Party } from './constructs/parts/connections';
export type {
  ConfigMapSource,
  EnvironmentValue,
  SecretKey,
  SecretSource,
} from './constructs/parts/environment';
export type { PodProps } from './constructs/parts/pod';
export type { PortProbe, ProbeTiming } from './constructs/parts/probes';
export type { Bounds, Resources } from './constructs/parts/resources';
export type { Scratch, SecretFile } from './constructs/parts/volumes';
export { PinnedRedis, type PinnedRedisProps } from './constructs/pinned-redis';
export { PostgresBackup, type PostgresBackupProps } from './constructs/postgres-backup';
export { PriorityClass, type PriorityClassProps } from './constructs/priority-class';
export { type PropProblem, PropsError } from './constructs/props-error';
export { RateLimit, type RateLimitProps } from './constructs/rate-limit';
export { RateLimitExemption, type RateLimitExemptionProps } from './constructs/rate-limit-exemption';
export { RedisExporter, type RedisExporterProps } from './constructs/redis-exporter';
export { RequestSize, type RequestSizeProps } from './constructs/request-size';
export type { ScrapeTarget } from './constructs/scrape-config';
export { SecurityHeaders, type SecurityHeadersProps } from './constructs/security-headers';
export { SingletonWorker, type SingletonWorkerProps } from './constructs/singleton-worker';
export { TraefikConfig, type TraefikConfigProps } from './constructs/traefik';
export {
  HoneydueWebService,
  type HoneydueWebServiceProps,
  type ServiceProbes,
} from './constructs/web-service';
export type { Flow, Peer } from './documents/flow';
export type { KubernetesObject } from './documents/kubernetes';
export type { FirewallRule, NodeFile, NodeSetup } from './documents/node-setup';
export type { Topology } from './documents/topology';
export { prove } from './flows/prove';
export { analyse, type Reachability } from './flows/reachability';
export { cloudInit, type SecretFile as UserDataSecret } from './stacks/node/cloud-init';
export type {
  AccessProps,
  ClusterProps,
  NodeProps,
  ReservedResources,
  SnapshotProps,
} from './stacks/node/props';
export { nodeScript } from './stacks/node/script';
export { nodeSetup } from './stacks/node/setup';
