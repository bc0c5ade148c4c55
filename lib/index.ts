/**
 * The public API: constructs for any cdk8s app, checks for any Kubernetes object, and the set-up of a k3s node for any
 * Terraform. Nothing of it knows honeyDue's configuration.
 */

export { Drill } from './analysis/drill/drill';
export type { DrillFacts, ExternalService } from './analysis/drill/facts';
export type { Failure } from './analysis/drill/failure';
export { type Guarantee, guaranteesOf } from './analysis/drill/guarantees';
export type { Outcome as FailureOutcome } from './analysis/drill/outcome';
export { prove } from './analysis/flows/proof/prove';
export { analyse, type Reachability } from './analysis/flows/reachability';
export { rules, rulesBySubject } from './analysis/rules';
export type { Acknowledged, Acknowledgement, Unused } from './analysis/rules/acknowledgement';
export type { Finding } from './analysis/rules/finding';
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
} from './analysis/rules/parts';
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
} from './analysis/rules/rule';
export { type Report, type RunOptions, run } from './analysis/rules/run';
export type {
  BackupBucket,
  BackupDatabase,
  BackupImages,
  BackupMetrics,
} from './constructs/backup/backup-parts';
export { PostgresBackup, type PostgresBackupProps } from './constructs/backup/postgres-backup';
export { DenyAll, type DenyAllProps } from './constructs/deny-all';
export { External, HostNetworkIngress, HostNetworkService } from './constructs/external';
export { MetricsAgent, type MetricsAgentProps } from './constructs/metrics/metrics-agent';
export { MetricsService, type MetricsServiceProps } from './constructs/metrics/metrics-service';
export { RedisExporter, type RedisExporterProps } from './constructs/metrics/redis-exporter';
export type { ScrapeTarget } from './constructs/metrics/scrape-config';
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
export { PriorityClass, type PriorityClassProps } from './constructs/priority-class';
export { type PropProblem, PropsError } from './constructs/props-error';
export { PinnedRedis, type PinnedRedisProps } from './constructs/redis/pinned-redis';
export { SingletonWorker, type SingletonWorkerProps } from './constructs/singleton-worker';
export { BasicAuth, type BasicAuthProps } from './constructs/traefik/basic-auth';
export { Compression, type CompressionProps } from './constructs/traefik/compression';
export { HostIngress, type HostIngressProps } from './constructs/traefik/host-ingress';
export { RateLimit, type RateLimitProps } from './constructs/traefik/rate-limit';
export { RateLimitExemption, type RateLimitExemptionProps } from './constructs/traefik/rate-limit-exemption';
export { RequestSize, type RequestSizeProps } from './constructs/traefik/request-size';
export { SecurityHeaders, type SecurityHeadersProps } from './constructs/traefik/security-headers';
export { TraefikConfig, type TraefikConfigProps } from './constructs/traefik/traefik';
export {
  HoneydueWebService,
  type HoneydueWebServiceProps,
  type ServiceProbes,
} from './constructs/web-service';
export type { Flow, Peer } from './documents/flow';
export type { KubernetesObject } from './documents/kubernetes';
export type { Topology } from './documents/topology';
export type { Facts } from './kubernetes/facts';
export type { Kind, ObjectOf, Typed } from './kubernetes/kinds';
export type { Manifests } from './kubernetes/manifests';
export type { ContainerOfPod, Part } from './kubernetes/part';
export type { Amount, Node, Taint } from './kubernetes/scheduling/node';
export { checkSchema } from './kubernetes/schema/kubernetes-schema';
export type { Violation } from './kubernetes/schema/violation';
export type { Pod } from './kubernetes/workloads/pods';
export { cloudInit, type SecretFile as UserDataSecret } from './nodes/cloud-init';
export type { FirewallRule, NodeFile, NodeSetup } from './nodes/node-setup';
export type {
  AccessProps,
  ClusterProps,
  NodeProps,
  ReservedResources,
  SnapshotProps,
} from './nodes/props';
export { nodeScript } from './nodes/script';
export { nodeSetup } from './nodes/setup';
