import type { Container } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';
import type { Pod } from './workloads/pods';

/** A part of an object, such as one container: what a rule looks at. */
export interface Part<T> {
  readonly object: KubernetesObject;
  /** Where it is in the object; empty for the whole. */
  readonly path: string;
  readonly value: T;
}

/** A container, and the pod it is in. */
export interface ContainerOfPod {
  readonly container: Container;
  readonly pod: Pod;
  /** It runs to its end before the others start. One that restarts `Always` is a sidecar and none of these. */
  readonly isInit: boolean;
}
