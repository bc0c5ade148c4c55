import type { KubernetesObject } from '../../documents/kubernetes';
import type { Node } from '../../kubernetes/scheduling/node';

/** A service outside the cluster. */
export interface ExternalService {
  readonly name: string;
  /** Undefined while the configuration does not resolve the value. */
  readonly host: string | undefined;
}

/** Facts about the cluster that manifests do not contain. */
export interface DrillFacts {
  readonly nodes: readonly Node[];
  /** The default StorageClass. @default unknown, and so are the outcomes of pods whose claims use it */
  readonly defaultStorageClass?: string | undefined;
  /** @default none */
  readonly external?: readonly ExternalService[];
  /** By name of a workload: the names of the workloads and external services that it depends on. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** The node addresses that public DNS records contain: requests arrive there. */
  readonly edgeAddresses?: readonly { readonly address: string; readonly node: string }[];
  /** Workloads that k3s installs and no manifest describes, such as CoreDNS. */
  readonly system?: readonly KubernetesObject[];
}
