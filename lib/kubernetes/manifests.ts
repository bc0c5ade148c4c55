import type { LabelSelector } from '../../imports/kubernetes/kinds';
import { append } from '../documents/append';
import type { KubernetesObject } from '../documents/kubernetes';
import type { Facts } from './facts';
import { type Kind, namespaceOf, type ObjectOf, type Typed } from './kinds';
import { homeGroupOf, storedGroupOf } from './objects/groups';
import { keyOf, objectKey } from './objects/object-key';
import type { ContainerOfPod, Part } from './part';
import { stepsOf } from './path';
import { References } from './references/references';
import { isSidecar } from './rollout/pod-start';
import { type Inspection, inspectSchema, knownKind } from './schema/kubernetes-schema';
import { podsOf } from './workloads/pod-templates';
import { type Pod, Pods } from './workloads/pods';

/** Kinds that select pods. */
export type SelectingKind = 'PodDisruptionBudget' | 'NetworkPolicy';

/** An object that selects pods, and which of the pods the object selects. */
export interface Selecting<K extends SelectingKind> extends Typed<K> {
  readonly selected: 'every' | 'some' | 'unknown';
}

/** The objects of one run, with indexes by kind, by name and by label. */
export class Manifests {
  /** All objects. Values with a wrong type are removed. */
  readonly all: readonly KubernetesObject[];
  private readonly inspected = new Map<
    KubernetesObject,
    Omit<Inspection, 'sound'> & { readonly source: KubernetesObject }
  >();
  private readonly byKind = new Map<string, Typed<Kind>[]>();
  private readonly byKey = new Map<string, KubernetesObject>();
  private readonly autoscalers = new Map<string, Typed<'HorizontalPodAutoscaler'>>();
  private readonly selections = new Map<string, Map<Pod, Selecting<SelectingKind>[]>>();
  private readonly previous: ReadonlyMap<string, KubernetesObject>;
  private lazyPods: Pods | undefined;
  private lazyReferences: References | undefined;
  private lazyContainers: readonly Part<ContainerOfPod>[] | undefined;

  constructor(
    sources: readonly KubernetesObject[],
    readonly facts: Facts = {},
  ) {
    this.all = sources.map((source) => {
      const { sound, ...found } = inspectSchema(source, facts.release);
      this.inspected.set(sound, { ...found, source });
      return sound;
    });
    this.previous = new Map((facts.previous ?? []).map((object) => [objectKey(object), object]));
    for (const object of this.all) {
      const kind = knownKind(object);
      this.byKey.set(objectKey(object), object);
      if (kind === undefined) continue;
      const typed = { object, fields: object as unknown as ObjectOf<Kind> };
      append(this.byKind, kind, typed);
    }
    for (const typed of this.of('HorizontalPodAutoscaler')) {
      const { kind = '', name = '', apiVersion = '' } = typed.fields.spec?.scaleTargetRef ?? {};
      const group = storedGroupOf(apiVersion, kind);
      this.autoscalers.set(keyOf(group, kind, namespaceOf(typed.object), name), typed);
    }
  }

  /** The violations in an object that the schema reports under one rule. */
  schemaFaults(object: KubernetesObject, rule: string): { path: string; message: string }[] {
    const found = this.inspected.get(object)?.violations ?? [];
    return found.flatMap((each) => (each.rule === rule ? { path: each.path, message: each.message } : []));
  }

  /** Whether a value was removed because its type is wrong. Rules then don't report the value as missing. */
  isUnread(object: KubernetesObject, path: string): boolean {
    const { unread = [] } = this.inspected.get(object) ?? {};
    if (unread.length === 0) return false;
    const steps = stepsOf(path);
    return unread.some((hole) => hole.every((step, index) => steps[index] === step));
  }

  /** The object with the same identity in the previous apply. */
  before(object: KubernetesObject): KubernetesObject | undefined {
    return this.previous.get(objectKey(object));
  }

  /** The original object, including values with a wrong type. */
  sourceOf(object: KubernetesObject): KubernetesObject {
    return this.inspected.get(object)?.source ?? object;
  }

  /** The objects of a kind. Only objects whose apiVersion has a schema are returned. */
  of<K extends Kind>(kind: K): readonly Typed<K>[] {
    return (this.byKind.get(kind) ?? []) as unknown as readonly Typed<K>[];
  }

  /** Finds an object by name. For a cluster-scoped kind the namespace is ignored. */
  find(
    kind: string,
    namespace: string,
    name: string,
    group = homeGroupOf(kind) ?? '',
  ): KubernetesObject | undefined {
    return this.byKey.get(keyOf(group, kind, namespace, name));
  }

  /** The object with the same identity. If several objects have that identity, the last one. */
  same(object: KubernetesObject): KubernetesObject | undefined {
    return this.byKey.get(objectKey(object));
  }

  /** Finds an object by name and returns its fields, typed by its kind. */
  typed<K extends Kind>(kind: K, namespace: string, name: string): ObjectOf<K> | undefined {
    return this.find(kind, namespace, name) as unknown as ObjectOf<K> | undefined;
  }

  /** The HorizontalPodAutoscaler that scales an object. */
  autoscaler(object: KubernetesObject): Typed<'HorizontalPodAutoscaler'> | undefined {
    return this.autoscalers.get(objectKey(object));
  }

  get pods(): Pods {
    this.lazyPods ??= new Pods(podsOf(this));
    return this.lazyPods;
  }

  get references(): References {
    this.lazyReferences ??= new References(this);
    return this.lazyReferences;
  }

  get containers(): readonly Part<ContainerOfPod>[] {
    this.lazyContainers ??= this.pods.all.flatMap((pod) => [
      ...(pod.spec.initContainers ?? []).map((container, index) => ({
        object: pod.object,
        path: `${pod.path}.initContainers[${index}]`,
        value: { container, pod, isInit: !isSidecar(container) },
      })),
      ...(pod.spec.containers ?? []).map((container, index) => ({
        object: pod.object,
        path: `${pod.path}.containers[${index}]`,
        value: { container, pod, isInit: false },
      })),
    ]);
    return this.lazyContainers;
  }

  /**
   * The PodDisruptionBudgets or NetworkPolicies that select, or may select, pods of an object, each with the
   * share of those pods that it selects.
   */
  selecting<K extends SelectingKind>(kind: K, pod: Pod): readonly Selecting<K>[] {
    let found = this.selections.get(kind);
    if (found === undefined) {
      found = new Map();
      for (const typed of this.of(kind)) {
        for (const [each, selected] of this.selectedBy(typed)) {
          append(found, each, { ...typed, selected });
        }
      }
      this.selections.set(kind, found);
    }
    return (found.get(pod) ?? []) as unknown as readonly Selecting<K>[];
  }

  private selectedBy({ object, fields: { spec } }: Typed<SelectingKind>): ReturnType<Pods['selected']> {
    const { podSelector, selector = podSelector } = (spec ?? {}) as Record<string, LabelSelector | undefined>;
    return selector === undefined ? [] : this.pods.selected(namespaceOf(object), selector);
  }
}
