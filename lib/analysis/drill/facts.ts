import type { KubernetesObject } from '../../documents/kubernetes';
import type { Node } from '../../kubernetes/scheduling/node';

/** A service outside of the cluster. */
export interface ExternalService {
  readonly name: string;
  /** Undefined while the value is unresolved. */
  readonly host: string | undefined;
}

/** Facts that documents do not contain. */
export interface DrillFacts {
  readonly nodes: readonly Node[];
  /** The StorageClass of claims that name none. @default unknown, so that nothing is known of their pods */
  readonly defaultStorageClass?: string | undefined;
  /** @default none */
  readonly external?: readonly ExternalService[];
  /** Whom each workload talks to, by the workload's name: names of workloads and of external services. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** Where requests come in: an address of each node in DNS. */
  readonly edgeAddresses?: readonly { readonly address: string; readonly node: string }[];
  /** What the distribution runs of itself and no document describes, such as CoreDNS. */
  readonly system?: readonly KubernetesObject[];
}
