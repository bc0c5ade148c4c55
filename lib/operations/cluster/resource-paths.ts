import type { KubernetesObject } from '../../documents/kubernetes';
import type { ClusterClient } from './client';

interface ApiResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** The fields that identify an object. */
export type ObjectIdentity = Pick<KubernetesObject, 'apiVersion' | 'kind'> & {
  readonly metadata: Pick<KubernetesObject['metadata'], 'name' | 'namespace'>;
};

/** The API paths of objects, from API discovery. Each API group is requested once. */
export class ResourcePaths {
  private readonly groups = new Map<string, Promise<ApiResourceList | undefined>>();

  constructor(private readonly client: ClusterClient) {}

  /** The path of an object; undefined if the API server does not serve the kind. */
  async of({ apiVersion, kind, metadata }: ObjectIdentity): Promise<string | undefined> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.group(base))?.resources.find(
      (each) => each.kind === kind && !each.name.includes('/'),
    );
    if (resource === undefined) return undefined;
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${base}${namespace}/${resource.name}/${metadata.name}`;
  }

  /** Discards the discovery results, after a CustomResourceDefinition was applied. */
  forget(): void {
    this.groups.clear();
  }

  private group(base: string): Promise<ApiResourceList | undefined> {
    const known = this.groups.get(base) ?? this.client.get<ApiResourceList>(base);
    this.groups.set(base, known);
    return known;
  }
}
