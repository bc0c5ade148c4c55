import type { HorizontalPodAutoscalerSpecV2, PodTemplateSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { type Kind, namespaceOf, type podKinds, type Typed } from '../kinds';
import { kindOf } from '../objects/object-key';
import { admits } from '../scheduling/admission';
import type { Node } from '../scheduling/node';
import { podCountOf } from './pod-count';
import { podLabelsOf } from './pod-labels';
import type { Pod } from './pods';

type PodKind = (typeof podKinds)[number];

/** By kind: the path of the pod template. A Pod itself counts as its own template. */
const templateSteps: Readonly<Record<PodKind, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** The path of the pod template in an object. Undefined if the object creates no pods. */
export function templateStepsOf(object: KubernetesObject): readonly string[] | undefined {
  return Object.entries(templateSteps).find(([kind]) => kind === kindOf(object))?.[1];
}

/** Kinds whose pods run permanently. */
const serving: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'DaemonSet',
];

/** The objects that create pods, grouped by kind; their autoscalers; and the nodes, where known. */
interface PodSource {
  readonly of: <K extends Kind>(kind: K) => readonly Typed<K>[];
  readonly autoscaler: (
    object: KubernetesObject,
  ) => { readonly fields: { readonly spec?: HorizontalPodAutoscalerSpecV2 } } | undefined;
  readonly facts: { readonly nodes?: readonly Node[] };
}

/** The pods of all objects that create pods, one entry for each object. */
export function podsOf(source: PodSource): Pod[] {
  return (Object.keys(templateSteps) as PodKind[]).flatMap((kind) =>
    source.of(kind).map(({ object }) => podOf(object, kind, source)),
  );
}

function podOf(object: KubernetesObject, kind: PodKind, source: PodSource): Pod {
  const steps = templateSteps[kind];
  const { metadata, spec = {} } = (steps.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    object,
  ) ?? {}) as PodTemplateSpec;
  const autoscaler = source.autoscaler(object)?.fields.spec;
  const admittingNodes =
    kind === 'DaemonSet' ? source.facts.nodes?.filter((node) => admits(spec, node)).length : undefined;
  const count = podCountOf(object, { autoscaler, admittingNodes });
  const podLabels = podLabelsOf(object, metadata?.labels ?? {}, count.most);
  return {
    object,
    namespace: namespaceOf(object),
    labels: podLabels.shared,
    podLabels,
    annotations: metadata?.annotations ?? {},
    spec,
    path: [...steps, 'spec'].join('.'),
    isServing: serving.includes(kind),
    count,
    replicas: autoscaler !== undefined || kind === 'DaemonSet' ? undefined : count.least,
  };
}
