import type { LabelSelector, PodSpec } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';
import { type Labels, matches } from './selector';

/** The pods that one object makes. */
export interface Pod {
  /** The Deployment, Job, … that makes them. */
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** The pods' labels, not the object's. */
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Where the spec is in the object, such as `spec.template.spec`. */
  readonly path: string;
  /** It runs for ever, unlike a Job's. */
  readonly isServing: boolean;
  /** How many there are at rest; undefined where an autoscaler or the nodes' number decides. */
  readonly replicas: number | undefined;
}

/** The pods of some manifests, found by their labels through an index. */
export class Pods {
  private readonly byNamespace = new Map<string, Pod[]>();
  private readonly byLabel = new Map<string, Pod[]>();
  private readonly byObject = new Map<KubernetesObject, Pod>();

  constructor(readonly all: readonly Pod[]) {
    for (const pod of all) {
      this.byObject.set(pod.object, pod);
      append(this.byNamespace, pod.namespace, pod);
      for (const [key, value] of Object.entries(pod.labels))
        append(this.byLabel, labelKey(pod.namespace, key, value), pod);
    }
  }

  /** The pods that an object makes. */
  madeBy(object: KubernetesObject): Pod | undefined {
    return this.byObject.get(object);
  }

  of(namespace: string): readonly Pod[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The pods of a namespace that a selector matches. */
  matching(namespace: string, selector: LabelSelector): readonly Pod[] {
    let fewest = this.of(namespace);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const found = this.byLabel.get(labelKey(namespace, key, value)) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest.filter(({ labels }) => matches(selector, labels));
  }
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}\n${value}`;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
