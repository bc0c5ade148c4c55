import type { LabelSelector, PodSpec } from '../../../imports/kubernetes/kinds';
import { append } from '../../documents/append';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { PodCount } from './pod-count';
import { numberedKeys, type PodLabels, type SelectedPods, selectedPods } from './pod-labels';
import type { Labels } from './selector';

/** All pods that one object creates. */
export interface Pod {
  /** The object that creates the pods, such as a Deployment or a Job. */
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** Labels that all of the pods have with the same, known value. */
  readonly labels: Labels;
  /** All labels, including those with unknown values and those that differ from pod to pod. */
  readonly podLabels: PodLabels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Path of the pod spec in the object, such as `spec.template.spec`. */
  readonly path: string;
  /** Whether the pods run permanently. Those of a Job do not. */
  readonly isServing: boolean;
  readonly count: PodCount;
  /**
   * Number of pods, apart from failures and rollouts. Undefined if an autoscaler or the number of nodes decides it.
   */
  readonly replicas: number | undefined;
}

/** All pods, with an index by label. */
export class Pods {
  private readonly byNamespace = new Map<string, Pod[]>();
  private readonly byLabel = new Map<string, Pod[]>();
  private readonly byObject = new Map<KubernetesObject, Pod>();
  /** Label keys that the index omits, because their values are unknown or differ from pod to pod. */
  private readonly unindexed = new Set<string>();

  constructor(readonly all: readonly Pod[]) {
    for (const pod of all) {
      this.byObject.set(pod.object, pod);
      append(this.byNamespace, pod.namespace, pod);
      for (const [key, value] of Object.entries(pod.labels))
        append(this.byLabel, labelIndexKey(pod.namespace, key, value), pod);
      const { unknown, numbered } = pod.podLabels;
      for (const key of Object.keys(unknown)) this.unindexed.add(key);
      for (const key of numbered === undefined ? [] : numberedKeys(numbered)) this.unindexed.add(key);
    }
  }

  madeBy(object: KubernetesObject): Pod | undefined {
    return this.byObject.get(object);
  }

  of(namespace: string): readonly Pod[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /**
   * The pods of a namespace that a selector matches, or may match. An object is included if the selector matches only
   * some of its pods.
   */
  matching(namespace: string, selector: LabelSelector): readonly Pod[] {
    return this.selected(namespace, selector).map(([pod]) => pod);
  }

  /** The same pods, each entry with the share of the object's pods that the selector matches. */
  selected(
    namespace: string,
    selector: LabelSelector,
  ): readonly (readonly [Pod, Exclude<SelectedPods, 'none'>])[] {
    let fewest = this.of(namespace);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (this.unindexed.has(key)) continue;
      const found = this.byLabel.get(labelIndexKey(namespace, key, value)) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest.flatMap((pod) => {
      const extent = selectedPods(selector, pod.podLabels);
      return extent === 'none' ? [] : [[pod, extent] as const];
    });
  }
}

/** The key of a label in the index of pods. */
export function labelIndexKey(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}\n${value}`;
}
