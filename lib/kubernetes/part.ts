import type { Container } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';
import type { Pod } from './workloads/pods';

/** A part of an object, such as one container. */
export interface Part<T> {
  readonly object: KubernetesObject;
  /** Path of the part in the object. Empty if the part is the whole object. */
  readonly path: string;
  readonly value: T;
}

/** A container and its pod. */
export interface ContainerOfPod {
  readonly container: Container;
  readonly pod: Pod;
  /**
   * Whether the container is an init container that ends before the main containers start. A sidecar
   * (restartPolicy: Always) does not end before that.
   */
  readonly isInit: boolean;
}
