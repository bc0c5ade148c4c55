import type { LabelSelector, PodSpec } from '../../../imports/kubernetes/kinds';
import { append } from '../../documents/append';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { PodCount } from './pod-count';
import { numberedKeys, type PodLabels, type SelectedPods, selectedPods } from './pod-labels';
import type { Labels } from './selector';

/** The pods that one object makes. */
export interface Pod {
  /** The Deployment, Job, … that makes them. */
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** What all the pods have: the labels of the template, and those that the controller adds with a known value. */
  readonly labels: Labels;
  /** The same, with the labels that tell the pods apart or have no known value. */
  readonly podLabels: PodLabels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Where the spec is in the object, such as `spec.template.spec`. */
  readonly path: string;
  /** It runs for ever, unlike a Job's. */
  readonly isServing: boolean;
  readonly count: PodCount;
  /** How many there are at rest; undefined where an autoscaler or the nodes' number decides. */
  readonly replicas: number | undefined;
}

/** The pods of some manifests, found by their labels through an index. */
export class Pods {
  private readonly byNamespace = new Map<string, Pod[]>();
  private readonly byLabel = new Map<string, Pod[]>();
  private readonly byObject = new Map<KubernetesObject, Pod>();
  /** Keys that the index doesn't hold: their values differ from pod to pod, or are not known. */
  private readonly unindexed = new Set<string>();

  constructor(readonly all: readonly Pod[]) {
    for (const pod of all) {
      this.byObject.set(pod.object, pod);
      append(this.byNamespace, pod.namespace, pod);
      for (const [key, value] of Object.entries(pod.labels))
        append(this.byLabel, labelKey(pod.namespace, key, value), pod);
      const { unknown, numbered } = pod.podLabels;
      for (const key of Object.keys(unknown)) this.unindexed.add(key);
      for (const key of numbered === undefined ? [] : numberedKeys(numbered)) this.unindexed.add(key);
    }
  }

  /** The pods that an object makes. */
  madeBy(object: KubernetesObject): Pod | undefined {
    return this.byObject.get(object);
  }

  of(namespace: string): readonly Pod[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The pods of a namespace that a selector matches, or may match: some of those of an object are enough. */
  matching(namespace: string, selector: LabelSelector): readonly Pod[] {
    return this.selected(namespace, selector).map(([pod]) => pod);
  }

  /** The same, with how many of each object's pods it matches. */
  selected(
    namespace: string,
    selector: LabelSelector,
  ): readonly (readonly [Pod, Exclude<SelectedPods, 'none'>])[] {
    let fewest = this.of(namespace);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (this.unindexed.has(key)) continue;
      const found = this.byLabel.get(labelKey(namespace, key, value)) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest.flatMap((pod) => {
      const extent = selectedPods(selector, pod.podLabels);
      return extent === 'none' ? [] : [[pod, extent] as const];
    });
  }
}

/** The key of an index of pods by one of their labels. */
export function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}\n${value}`;
}
