import type { KubernetesObject } from '../../documents/kubernetes';

/** What a node has, in cores and bytes. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** A node, as far as a failure cares. */
export interface DrillNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What the machine has. */
  readonly capacity: Amount;
  /** What is kept off pods; undefined where nobody states it, and then counted as nothing and said so. */
  readonly reserved?: Amount | undefined;
  /** The part of the provider that fails as one, such as `nbg1`. */
  readonly location: string;
  /** Runs the API server, the controllers and a member of etcd. */
  readonly isServer: boolean;
}

/** A service outside of the cluster. */
export interface ExternalService {
  readonly name: string;
  /** Undefined where nobody knows it yet. */
  readonly host: string | undefined;
}

/** What a drill knows beside the documents. */
export interface DrillFacts {
  readonly nodes: readonly DrillNode[];
  readonly external: readonly ExternalService[];
  /** Whom each workload talks to, by the workload's name: names of workloads and of external services. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Where requests come in: an address of each node in DNS. */
  readonly edgeAddresses: readonly { readonly address: string; readonly node: string }[];
  /** What the distribution runs of itself and no document describes, such as CoreDNS. */
  readonly system: readonly KubernetesObject[];
}
