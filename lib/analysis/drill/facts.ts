import type { KubernetesObject } from '../../documents/kubernetes';
import type { Node } from '../../kubernetes/scheduling/node';

/** A service outside the cluster. */
export interface ExternalService {
  readonly name: string;
  /** Undefined while the value is unresolved. */
  readonly host: string | undefined;
}

/** Facts about the cluster that manifests do not contain. */
export interface DrillFacts {
  readonly nodes: readonly Node[];
  /** The default StorageClass. @default unknown: the outcome for pods with such claims is unknown */
  readonly defaultStorageClass?: string | undefined;
  /** @default none */
  readonly external?: readonly ExternalService[];
  /** By name of a workload: the names of the workloads and external services that it depends on. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** The addresses of the nodes in DNS, where requests arrive. */
  readonly edgeAddresses?: readonly { readonly address: string; readonly node: string }[];
  /** Workloads of the distribution that no manifest describes, such as CoreDNS. */
  readonly system?: readonly KubernetesObject[];
}
