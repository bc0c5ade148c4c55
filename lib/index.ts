/**
 * The public API: constructs for any cdk8s app, and checks for any Kubernetes object. Nothing of it knows
 * honeyDue's configuration.
 */
export { checkSchema } from './checks/kubernetes-schema';
export type { Violation } from './checks/violation';
export { MigrationJob, type MigrationJobProps } from './constructs/migration-job';
export type { ConfigMapSource, EnvironmentValue, SecretSource } from './constructs/parts/environment';
export type { PodProps } from './constructs/parts/pod';
export type { PortProbe, ProbeTiming } from './constructs/parts/probes';
export type { Bounds, Resources } from './constructs/parts/resources';
export type { Scratch, SecretFile } from './constructs/parts/volumes';
export { PinnedRedis, type PinnedRedisProps } from './constructs/pinned-redis';
export { type PropProblem, PropsError } from './constructs/props-error';
export { SingletonWorker, type SingletonWorkerProps } from './constructs/singleton-worker';
export {
  type Autoscaling,
  HoneydueWebService,
  type HoneydueWebServiceProps,
  type ServiceProbes,
} from './constructs/web-service';
export type { KubernetesObject } from './documents/kubernetes';
