import type { Container } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';
import type { Pod } from './workloads/pods';

/** A part of an object, such as one container. */
export interface Part<T> {
  readonly object: KubernetesObject;
  /** Path in the object. Empty for the whole object. */
  readonly path: string;
  readonly value: T;
}

/** A container and its pod. */
export interface ContainerOfPod {
  readonly container: Container;
  readonly pod: Pod;
  /**
   * Whether it is an init container that ends before the containers start. A sidecar (restartPolicy: Always) is not.
   */
  readonly isInit: boolean;
}
