/**
 * The public API. Nothing of it knows honeyDue's configuration.
 */

// What manifests of any origin mean. Each function is a command, too.

export {
  type DrillReport,
  drill,
  type ReportedField,
  type ReportedGuarantee,
  type ReportedOutcome,
} from './analysis/drill/drill-report';
export type { Duration } from './analysis/drill/duration';
export type { DrillFacts, ExternalService } from './analysis/drill/facts';
export type { Guarantee } from './analysis/drill/guarantees';
export type { FailureOutcome, Recovery, Waiting } from './analysis/drill/outcome';
export type { AddressesEndpoint, Endpoint, PodMember, PodsEndpoint } from './analysis/flows/endpoint';
export { flows, type ProveFlowsOptions, proveFlows } from './analysis/flows/flows';
export type { FlowReport } from './analysis/flows/matrix';
export type { PortRange, Protocol } from './analysis/flows/ports';
export type { Difference } from './analysis/flows/proof/difference';
export type { ProveOptions } from './analysis/flows/proof/prove';
export type { AllowedBy, AllowedConnection } from './analysis/flows/reachability';
export {
  type Consequence,
  type ConsequenceClass,
  consequenceClasses,
  type Side,
} from './analysis/impact/consequence';
export { type AppliedDocuments, type Impact, impact } from './analysis/impact/impact';
export { type CheckOptions, check } from './analysis/rules/check';
export type { Report, RunOptions } from './analysis/rules/run';
export type { AddressPeer, Flow, Peer, PodPeer } from './documents/flow';
export type { Json, JsonMap, KubernetesObject } from './documents/kubernetes';
export type { FiledObject, FiledRules, FiledStack, Output } from './documents/output';
export type { TerraformConfiguration } from './documents/terraform';
export type { Topology } from './documents/topology';
export { readManifests } from './input/documents';
export { readOutput } from './input/output';
export type { Facts } from './kubernetes/facts';
export type { Amount, Node, Taint } from './kubernetes/scheduling/node';

// Rules: those of the package, and what a rule of one's own is made of.

export { rules, rulesBySubject } from './analysis/rules';
export type { Acknowledged, Acknowledgement, Unused } from './analysis/rules/acknowledgement';
export type { Finding } from './analysis/rules/finding';
export {
  bindings,
  type Controller,
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
export type { Kind, ObjectOf, Typed } from './kubernetes/kinds';
export type { Manifests, Selecting, SelectingKind } from './kubernetes/manifests';
export type { ContainerOfPod, Part } from './kubernetes/part';
export type { Reference } from './kubernetes/references/reference';
export type { References } from './kubernetes/references/references';
export type { ReferenceSource } from './kubernetes/references/source';
export type { ClusterRelease } from './kubernetes/release/cluster-release';
export { clusterReleaseOf } from './kubernetes/release/k3s-release';
export { checkSchema } from './kubernetes/schema/kubernetes-schema';
export type { Violation } from './kubernetes/schema/violation';
export type { PodCount } from './kubernetes/workloads/pod-count';
export type { NumberedLabels, PodLabels, SelectedPods } from './kubernetes/workloads/pod-labels';
export type { Pod, Pods } from './kubernetes/workloads/pods';
export type { Labels } from './kubernetes/workloads/selector';

// Constructs for any cdk8s app.

export type {
  BackupBucket,
  BackupDatabase,
  BackupImages,
  BackupMetrics,
  BackupParts,
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
  Environment,
  EnvironmentValue,
  SecretKey,
  SecretSource,
} from './constructs/parts/environment';
export type { PodProps } from './constructs/parts/pod';
export type { PortProbe, ProbeTiming } from './constructs/parts/probes';
export type { Bounds, Resources } from './constructs/parts/resources';
export type { Mounts, Scratch, SecretFile } from './constructs/parts/volumes';
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
export type { TraefikValues } from './constructs/traefik/traefik-values';
export {
  HoneydueWebService,
  type HoneydueWebServiceProps,
  type ServiceProbes,
} from './constructs/web-service';

// The set-up of one node of any k3s cluster, for any Terraform.

export { cloudInit, type UserDataSecret } from './nodes/cloud-init';
export type {
  AfterChange,
  FirewallRule,
  NodeAccount,
  NodeFile,
  NodeK3s,
  NodePeer,
  NodeRole,
  NodeSetup,
  NodeSsh,
} from './nodes/node-setup';
export type {
  AccessProps,
  ClusterProps,
  NodeProps,
  ReservedResources,
  SnapshotProps,
} from './nodes/props';
export { nodeScript } from './nodes/script';
export { nodeSetup } from './nodes/setup';
