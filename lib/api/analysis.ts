/**
 * Analyses and rules for manifests from any tool: `@honeydue/infrastructure/analysis`. Each analysis is also a
 * command.
 */

export {
  type DrillReport,
  drill,
  type ReportedField,
  type ReportedGuarantee,
  type ReportedOutcome,
} from '../analysis/drill/drill-report';
export type { Duration } from '../analysis/drill/duration';
export type { DrillFacts, ExternalService } from '../analysis/drill/facts';
export type { Guarantee } from '../analysis/drill/guarantees';
export type { FailureOutcome, Recovery, Waiting } from '../analysis/drill/outcome';
export type { AddressesEndpoint, Endpoint, PodMember, PodsEndpoint } from '../analysis/flows/endpoint';
export { flows, type ProveFlowsOptions, proveFlows } from '../analysis/flows/flows';
export type { FlowReport } from '../analysis/flows/matrix';
export type { PortRange, Protocol } from '../analysis/flows/ports';
export type { Difference } from '../analysis/flows/proof/difference';
export type { ProveOptions } from '../analysis/flows/proof/prove';
export type { AllowedBy, AllowedConnection } from '../analysis/flows/reachability';
export {
  type Consequence,
  type ConsequenceClass,
  consequenceClasses,
  type Side,
} from '../analysis/impact/consequence';
export { type Impact, impact } from '../analysis/impact/impact';
export type { CostChange } from '../analysis/impact/terraform/cost-change';
export { type CheckOptions, check } from '../analysis/rules/check';
export type { Report, RunOptions } from '../analysis/rules/run';
export {
  type ConnectionQuestion,
  readQuestion,
  type TraceQuestion,
  UntraceableError,
  type UrlQuestion,
} from '../analysis/trace/question';
export { type StepKey, type StepOutcome, stepKeys, type TraceField } from '../analysis/trace/step';
export type { TraceFacts, TraceNode, TraceTarget } from '../analysis/trace/subject';
export {
  type TraceOutcome,
  type TracePlace,
  type TracePlaceOf,
  type TraceReport,
  type TraceStep,
  trace,
} from '../analysis/trace/trace';
export type { AddressPeer, Flow, Peer, PodPeer } from '../documents/flow';
export type { Json, JsonMap, KubernetesObject } from '../documents/kubernetes';
export type { AppliedDocuments, FiledObject, FiledRules, FiledStack, Output } from '../documents/output';
export type { TerraformConfiguration } from '../documents/terraform';
export type { Topology } from '../documents/topology';
export type { WebRequest, WebRequestOptions } from '../documents/web-request';
export { readManifests } from '../input/documents';
export { readOutput } from '../input/output';
export type { Facts } from '../kubernetes/facts';
export type { Amount, Node, Taint } from '../kubernetes/scheduling/node';

// The rules of this package, and the types for writing other rules.

export { rules, rulesBySubject } from '../analysis/rules';
export type { Acknowledged, Acknowledgement, Unused } from '../analysis/rules/acknowledgement';
export type { Finding } from '../analysis/rules/finding';
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
} from '../analysis/rules/parts';
export {
  type About,
  type Fault,
  type FaultyPart,
  type Outcome,
  type Rule,
  type RuleDefinition,
  rule,
  type Severity,
  severities,
} from '../analysis/rules/rule';
export type { Kind, ObjectOf, Typed } from '../kubernetes/kinds';
export type { Manifests, Selecting, SelectingKind } from '../kubernetes/manifests';
export type { ContainerOfPod, Part } from '../kubernetes/part';
export type { Reference } from '../kubernetes/references/reference';
export type { References } from '../kubernetes/references/references';
export type { ReferenceSource } from '../kubernetes/references/source';
export type { ClusterRelease } from '../kubernetes/release/cluster-release';
export { clusterReleaseOf } from '../kubernetes/release/k3s-release';
export { checkSchema } from '../kubernetes/schema/kubernetes-schema';
export type { Violation } from '../kubernetes/schema/violation';
export type { PodCount } from '../kubernetes/workloads/pod-count';
export type { NumberedLabels, PodLabels, SelectedPods } from '../kubernetes/workloads/pod-labels';
export type { Pod, Pods } from '../kubernetes/workloads/pods';
export type { Labels } from '../kubernetes/workloads/selector';
export type { CostSum } from '../terraform/hetzner/cost-item';
