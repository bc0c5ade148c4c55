import type { KubernetesObject } from '../../documents/kubernetes';
import type { Kind, Typed } from '../kinds';
import type { Pods } from '../workloads/pods';

/** The objects of the manifests in which references are searched. */
export interface ReferenceSource {
  readonly pods: Pods;
  readonly of: <K extends Kind>(kind: K) => readonly Typed<K>[];
  readonly find: (
    kind: string,
    namespace: string,
    name: string,
    group?: string,
  ) => KubernetesObject | undefined;
}
