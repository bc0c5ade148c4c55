import { append } from '../../documents/append';
import type { PodPeer } from '../../documents/flow';
import { namespaceNameLabel } from '../../kubernetes/policies/namespaces';
import { numberedKeys, numberedLabels } from '../../kubernetes/workloads/pod-labels';
import { labelIndexKey } from '../../kubernetes/workloads/pods';
import type { ContainerPort, FlowCluster, FlowWorkload } from './cluster';
import type { PodSelection, Policy } from './policy';
import {
  describeLabels,
  type LabelMap,
  representativeLabels,
  representatives,
  type Selector,
  selectorMatches,
  selectorOfLabels,
} from './selector';

/** Pods with the same properties, so that no policy can distinguish them. */
export interface FlowPod {
  readonly id: number;
  readonly namespace: string;
  readonly labels: LabelMap;
  /** Keys of labels whose values are unknown. */
  readonly unknownKeys: ReadonlySet<string>;
  /** `db-0` or `other pods`, if a policy distinguishes the pods of the workload. */
  readonly part?: string;
  /** Short name in messages. */
  readonly name: string;
  /** Absent for pods without a manifest: the names of their ports are unknown. */
  readonly ports: readonly ContainerPort[] | undefined;
  /** The object that creates the pod, such as `Deployment shop/api`. Absent for pods without a manifest. */
  readonly workload: string | undefined;
}

/** Represents all namespaces that no manifest mentions. `*` is not a valid name of a namespace. */
export const otherNamespaces = '*';

const nameLabel = 'app.kubernetes.io/name';

/**
 * All pods that the analysis distinguishes. They are the pods of the workloads, and one representative of all other
 * pods for each namespace and each combination of labels that a selector uses.
 *
 * An index by label keeps this fast: a thousand policies are not compared with a thousand workloads pair by pair.
 */
export class FlowPods {
  readonly all: FlowPod[] = [];
  private readonly namespaces = new Map<string, LabelMap>();
  private readonly byNamespace = new Map<string, number[]>();
  private readonly byLabel = new Map<string, number[]>();
  private readonly selected = new Map<string, readonly number[]>();
  private readonly selectedNamespaces = new Map<string, readonly string[]>();

  /**
   * @param peers additional pods to distinguish
   * @param numbered pods of a StatefulSet or an indexed Job to distinguish even if no policy does
   */
  constructor(
    { workloads, policies, namespaces, described }: FlowCluster,
    peers: readonly PodPeer[] = [],
    numbered: readonly PodPeer[] = [],
  ) {
    const rules = policies.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
    for (const [name, labels] of namespaces) this.addNamespace(name, labels);
    for (const name of [...described, ...peers.map(({ namespace }) => namespace)]) this.addNamespace(name);
    for (const { selections } of rules) {
      for (const selection of selections) this.addMentionedNamespaces(selection);
    }
    this.addNamespace(otherNamespaces);

    const nameOf = names(workloads.filter(({ isOnHostNetwork }) => !isOnHostNetwork));
    const mentioned = mentionedValues(policies, [...peers, ...numbered]);
    for (const [workload, name] of nameOf) {
      const { namespace, ports, object } = workload;
      for (const pods of splitByOrdinal(workload, mentioned)) {
        const called = pods.part === undefined ? name : `${name} (${pods.part})`;
        this.add({ ...pods, name: called, namespace, ports, workload: object });
      }
    }
    for (const policy of policies) this.addMentionedPods(policy);
    for (const peer of peers) this.addRepresentative(peer.namespace, selectorOfPeer(peer));
    for (const namespace of this.namespaces.keys())
      this.addRepresentative(namespace, selectorOfLabels(new Map()));
  }

  /** The pods of one namespace that a selector matches. */
  matching(namespace: string, selector: Selector): readonly number[] {
    const key = `${namespace}\n${selector.key}`;
    let found = this.selected.get(key);
    if (found === undefined) {
      found = this.candidates(namespace, selector).filter((id) => this.isMatch(id, selector));
      this.selected.set(key, found);
    }
    return found;
  }

  /** The pods that a peer of a policy matches. */
  selectedBy({ namespaces, pods }: PodSelection, policy: Policy): readonly number[] {
    if (namespaces === undefined) return this.matching(policy.namespace, pods);
    const key = `${namespaces.key}\n\n${pods.key}`;
    let found = this.selected.get(key);
    if (found === undefined) {
      found = this.namespacesOf(namespaces, policy).flatMap((namespace) => this.matching(namespace, pods));
      this.selected.set(key, found);
    }
    return found;
  }

  /** The pods that a peer of a declaration matches. */
  ofPeer(peer: PodPeer): readonly number[] {
    return this.matching(peer.namespace, selectorOfPeer(peer));
  }

  /** The pods of all workloads in the manifests. */
  ofWorkloads(): readonly number[] {
    return this.all.filter(({ workload }) => workload !== undefined).map(({ id }) => id);
  }

  /** All pods of a namespace, including those without a manifest. */
  of(namespace: string): readonly number[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  private namespacesOf(selector: Selector | undefined, { namespace }: Policy): readonly string[] {
    if (selector === undefined) return [namespace];
    let found = this.selectedNamespaces.get(selector.key);
    if (found === undefined) {
      found = [...this.namespaces]
        .filter(([, labels]) => selectorMatches(selector, labels))
        .map(([name]) => name);
      this.selectedNamespaces.set(selector.key, found);
    }
    return found;
  }

  /** The API server sets the label kubernetes.io/metadata.name on every namespace. */
  private addNamespace(name: string, labels: LabelMap = new Map()): void {
    if (!this.namespaces.has(name))
      this.namespaces.set(name, new Map([...labels, [namespaceNameLabel, name]]));
  }

  private addMentionedNamespaces({ namespaces }: PodSelection): void {
    for (const selector of namespaces === undefined ? [] : representatives(namespaces)) {
      if ([...this.namespaces.values()].some((known) => selectorMatches(selector, known))) continue;
      const labels = representativeLabels(selector);
      this.addNamespace(
        labels.get(namespaceNameLabel) ?? `namespaces with ${describeLabels(labels)}`,
        labels,
      );
    }
  }

  private addMentionedPods(policy: Policy): void {
    const own = { namespaces: undefined, pods: policy.subject };
    const rules = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
    for (const { namespaces, pods } of [own, ...rules.flatMap(({ selections }) => selections)]) {
      for (const representative of representatives(pods)) {
        for (const namespace of this.namespacesOf(namespaces, policy))
          this.addRepresentative(namespace, representative);
      }
    }
  }

  /**
   * Adds a representative of pods without a manifest, unless a workload has such pods or the representative already
   * exists.
   */
  private addRepresentative(namespace: string, selector: Selector): void {
    const labels = representativeLabels(selector);
    const name = nameOfUnknown(namespace, labels);
    const isKnown = (id: number): boolean => {
      const pod = this.all[id];
      return pod !== undefined && (pod.name === name || (pod.workload !== undefined && labels.size > 0));
    };
    const candidates = this.candidates(namespace, selector);
    if (candidates.some((id) => isKnown(id) && this.isMatch(id, selector))) return;
    this.add({ namespace, labels, unknownKeys: new Set(), name, ports: undefined, workload: undefined });
  }

  private add(pod: Omit<FlowPod, 'id'>): void {
    const id = this.all.length;
    this.all.push({ id, ...pod });
    append(this.byNamespace, pod.namespace, id);
    for (const [key, value] of pod.labels) append(this.byLabel, labelIndexKey(pod.namespace, key, value), id);
  }

  /** The pods that a selector may match: those with its rarest label. */
  private candidates(namespace: string, { requirements }: Selector): readonly number[] {
    let fewest = this.of(namespace);
    for (const { key, operator, values } of requirements) {
      if (operator !== 'In') continue;
      const found = values.flatMap((value) => this.byLabel.get(labelIndexKey(namespace, key, value)) ?? []);
      if (found.length < fewest.length) fewest = found;
    }
    return fewest;
  }

  private isMatch(id: number, selector: Selector): boolean {
    const pod = this.all[id];
    return pod !== undefined && selectorMatches(selector, pod.labels, pod.unknownKeys);
  }
}

/** The label values that policies and declarations use, by label key. */
function mentionedValues(policies: readonly Policy[], peers: readonly PodPeer[]): Map<string, Set<string>> {
  const selectors = [
    ...policies.flatMap(({ subject, ingress = [], egress = [] }) => [
      subject,
      ...[...ingress, ...egress].flatMap(({ selections }) => selections.map(({ pods }) => pods)),
    ]),
    ...peers.map(selectorOfPeer),
  ];
  const found = new Map<string, Set<string>>();
  for (const { key, values } of selectors.flatMap(({ requirements }) => requirements)) {
    const known = found.get(key) ?? new Set<string>();
    found.set(key, known);
    for (const value of values) known.add(value);
  }
  return found;
}

/** The pods of a workload, as several entries if a selector uses their ordinals. */
function splitByOrdinal(
  { labels, unknownKeys, numbered }: FlowWorkload,
  mentioned: ReadonlyMap<string, ReadonlySet<string>>,
): Pick<FlowPod, 'labels' | 'unknownKeys' | 'part'>[] {
  const keys = numbered === undefined ? [] : numberedKeys(numbered);
  if (numbered === undefined || !keys.some((key) => mentioned.has(key))) return [{ labels, unknownKeys }];
  const apart = numberedLabels(numbered).filter((own) =>
    Object.entries(own).some(([key, value]) => mentioned.get(key)?.has(value)),
  );
  const rest = { labels, unknownKeys: new Set([...unknownKeys, ...keys]) };
  if (apart.length === 0) return [rest];
  return [
    ...apart.map((own) => ({
      labels: new Map([...labels, ...Object.entries(own)]),
      unknownKeys,
      part: Object.values(own)[0] ?? '',
    })),
    ...(apart.length < numbered.count ? [{ ...rest, part: 'other pods' }] : []),
  ];
}

/**
 * A unique name for each workload: the value of the label app.kubernetes.io/name, or the name of the object. If the
 * workloads are in several namespaces, the namespace is added; if two names are equal, the kind is added.
 */
function names(workloads: readonly FlowWorkload[]): Map<FlowWorkload, string> {
  const isQualified = new Set(workloads.map(({ namespace }) => namespace)).size > 1;
  const labelled = counted(workloads, ({ namespace, labels }) => `${namespace}/${labels.get(nameLabel)}`);
  const short = ({ namespace, labels, name }: FlowWorkload): string => {
    const label = labels.get(nameLabel);
    const isUnique = label !== undefined && labelled.get(`${namespace}/${label}`) === 1;
    return `${isQualified ? `${namespace}/` : ''}${isUnique ? label : name}`;
  };
  const taken = counted(workloads, short);
  return new Map(
    workloads.map((workload) => {
      const name = short(workload);
      return [workload, taken.get(name) === 1 ? name : `${name} (${workload.kind})`];
    }),
  );
}

/** The selector for the pods of a peer of a declaration. */
export function selectorOfPeer({ labels }: PodPeer): Selector {
  return selectorOfLabels(new Map(Object.entries(labels)));
}

function counted<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

function nameOfUnknown(namespace: string, labels: LabelMap): string {
  const isOther = namespace === otherNamespaces;
  if (labels.size > 0)
    return isOther
      ? `${describeLabels(labels)} of other namespaces`
      : `${namespace} ${describeLabels(labels)}`;
  return isOther ? 'pods of other namespaces' : `any other pod of ${namespace}`;
}
