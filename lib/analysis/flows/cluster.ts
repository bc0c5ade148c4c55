import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { podCountOf } from '../../kubernetes/workloads/pod-count';
import { type NumberedLabels, podLabelsOf } from '../../kubernetes/workloads/pod-labels';
import { templateStepsOf } from '../../kubernetes/workloads/pod-templates';
import { fieldsOf, InvalidManifest, itemsOf } from './fields';
import { isPolicy, type Policy, readPolicy } from './policy';
import type { Protocol } from './ports';
import { type LabelMap, readLabels } from './selector';

export interface ContainerPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A workload, with the properties that policies can select. */
export interface FlowWorkload {
  /** Name in messages: `Deployment shop/api`. */
  readonly object: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Labels that all pods of the workload have. */
  readonly labels: LabelMap;
  /** Keys of labels that all pods have, but whose values are unknown. */
  readonly unknownKeys: ReadonlySet<string>;
  /** Labels whose values are the ordinals of the pods, such as `apps.kubernetes.io/pod-index`. */
  readonly numbered: NumberedLabels | undefined;
  /** Whether the pods use the host network. No selector matches such pods, and no policy isolates them. */
  readonly isOnHostNetwork: boolean;
  readonly ports: readonly ContainerPort[];
}

/** The workloads, namespaces and policies of the manifests. */
export interface FlowCluster {
  readonly workloads: readonly FlowWorkload[];
  readonly policies: readonly Policy[];
  /** The labels of the namespaces that have a manifest. */
  readonly namespaces: ReadonlyMap<string, LabelMap>;
  /**
   * Namespaces for which the manifests contain a policy, or pods on the pod network. Only for these namespaces are
   * all policies known.
   */
  readonly described: ReadonlySet<string>;
}

/** @throws InvalidManifest with each invalid workload and policy */
export function readFlowCluster(objects: readonly KubernetesObject[]): FlowCluster {
  const problems: string[] = [];
  const readEach = <Read>(read: (object: KubernetesObject) => Read, from = objects): Read[] =>
    from.flatMap((object) => {
      try {
        return [read(object)];
      } catch (error) {
        if (!(error instanceof InvalidManifest)) throw error;
        problems.push(error.message);
        return [];
      }
    });
  const workloads = readEach(readWorkload).flat();
  const isolable = workloads.filter(({ isOnHostNetwork }) => !isOnHostNetwork);
  const policies = readEach(readPolicy, objects.filter(isPolicy));
  const namespaces = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  const labels = readEach(
    (object): [string, LabelMap] => [
      object.metadata.name,
      readLabels(object.metadata.labels, `${describeObject(object)}: metadata.labels`),
    ],
    namespaces,
  );
  if (problems.length > 0) throw new InvalidManifest(problems.join('\n'));
  return {
    workloads,
    policies,
    namespaces: new Map(labels),
    described: new Set([...isolable, ...policies].map(({ namespace }) => namespace)),
  };
}

function readWorkload(object: KubernetesObject): FlowWorkload[] {
  const { kind, metadata } = object;
  const path = templateStepsOf(object);
  if (path === undefined) return [];
  const name = describeObject(object);
  const place = [`${name}:`, path.join('.')].join(' ').trim();
  const { metadata: podMetadata, spec: podSpec } = path.reduce<JsonMap>(
    (fields, key) => fieldsOf(fields[key], place),
    { ...object },
  );
  const spec = fieldsOf(podSpec, `${place}.spec`);
  const template = readLabels(
    fieldsOf(podMetadata, `${place}.metadata`)['labels'],
    `${place}.metadata.labels`,
  );
  const { shared, unknown, numbered } = podLabelsOf(
    object,
    Object.fromEntries(template),
    podCountOf(object).most,
  );
  return [
    {
      object: name,
      kind,
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      labels: new Map(Object.entries(shared)),
      unknownKeys: new Set(Object.keys(unknown)),
      numbered,
      isOnHostNetwork: spec['hostNetwork'] === true,
      // kube-router ignores the port names of init containers.
      ports: itemsOf(spec['containers'], `${place}.spec.containers`).flatMap((container, index) =>
        portsOfContainer(container, `${place}.spec.containers[${index}]`),
      ),
    },
  ];
}

function portsOfContainer(container: Json, place: string): ContainerPort[] {
  const ports = itemsOf(fieldsOf(container, place)['ports'], `${place}.ports`);
  return ports.flatMap((json, index) => {
    const { name, containerPort, protocol = 'TCP' } = fieldsOf(json, `${place}.ports[${index}]`);
    const isNamed = typeof name === 'string' && typeof containerPort === 'number';
    const isKnown = protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP';
    return isNamed && isKnown ? [{ name, port: containerPort, protocol }] : [];
  });
}
