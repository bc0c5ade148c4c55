import { traefikOf } from '../../../../lib/analysis/drill/cluster/traefik';
import { Drill } from '../../../../lib/analysis/drill/drill';
import type { Failure } from '../../../../lib/analysis/drill/failure';
import type { FailureOutcome } from '../../../../lib/analysis/drill/outcome';
import { drillFacts } from '../../../../lib/deployment/checks/drill-facts';
import type { KubernetesObject } from '../../../../lib/documents/kubernetes';
import { Manifests } from '../../../../lib/kubernetes/manifests';
import { productionOutput } from '../../../analysis/impact/outputs';
import { production } from '../../../support/production';
import { applicable } from '../edits';

/** A failure, and the workload that it is about: the node that is lost is one that runs a pod of it. */
export interface FailureCase {
  readonly kind: Extract<
    Failure['kind'],
    | 'node-lost'
    | 'node-lost-again'
    | 'node-lost-in-rollout'
    | 'node-drained'
    | 'zone-lost'
    | 'rollout'
    | 'bad-image'
    | 'crash'
    | 'registry'
  >;
  readonly workload: string;
}

const of = (kind: FailureCase['kind'], ...workloads: string[]): FailureCase[] =>
  workloads.map((workload) => ({ kind, workload }));

export const failureCases: readonly FailureCase[] = [
  ...of('rollout', 'api', 'web', 'admin', 'worker', 'redis', 'vmagent'),
  ...of('bad-image', 'api', 'web', 'admin', 'worker', 'redis'),
  ...of('crash', 'api', 'worker', 'redis'),
  ...of('registry', 'api'),
  ...of('node-drained', 'api', 'web', 'admin', 'worker', 'redis'),
  ...of('node-lost', 'api', 'admin', 'worker', 'redis', 'coredns', 'traefik'),
  ...of('node-lost-again', 'api'),
  ...of('node-lost-in-rollout', 'api', 'worker'),
  ...of('zone-lost', 'web'),
];

export const titleOf = ({ kind, workload }: FailureCase): string => `${kind}: ${workload}`;

/** What production asks of Kubernetes, without what refuses to be applied. */
export const productionObjects: readonly KubernetesObject[] = applicable(productionOutput).objects.map(
  ({ object }) => object,
);

const manifests = new Manifests(productionObjects);
const facts = drillFacts(production.model);

/** What k3s runs of itself; the drill's model states no image. */
export const systemObjects: readonly KubernetesObject[] = [
  ...traefikOf(manifests),
  ...(facts.system ?? []),
].map((object) =>
  JSON.parse(JSON.stringify(object), (_, value) =>
    isContainer(value) ? { image: 'registry.example.com/system:1', ...value } : value,
  ),
);

function isContainer(value: unknown): value is { readonly name: string } {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof fields['name'] === 'string' && ('resources' in fields || Object.keys(fields).length === 1);
}

export const drill = Drill.of(productionObjects, facts);

/** What the drill guarantees of every workload in a failure; a rollout concerns only its own. */
export function guaranteed({ kind, workload }: FailureCase): ReadonlyMap<string, FailureOutcome> {
  const failure = drill.failures.find(
    (each) => each.kind === kind && (each.kind !== 'crash' || each.of.name === workload),
  );
  if (failure === undefined) throw new Error(`the drill plays no ${kind}`);
  const outcomes = drill.workloads
    .filter((each) => each.kind === 'Deployment' || each.kind === 'DaemonSet')
    .filter(({ name }) => !isOfOne(kind) || name === workload)
    .map((each) => [`${each.namespace}/${each.name}`, drill.outcome(failure, each)] as const);
  return new Map(outcomes);
}

/** What happens to one workload alone. */
function isOfOne(kind: FailureCase['kind']): boolean {
  return ['rollout', 'bad-image', 'node-lost-in-rollout'].includes(kind);
}
