import type { KubernetesObject } from '../../documents/kubernetes';
import { type ClusterClient, forms } from './client';
import { ClusterError } from './cluster-error';

/** The metadata of the objects in a namespace. */
export interface NamespaceObjects {
  readonly objects: readonly KubernetesObject[];
  /** The resources that can't be listed, each with the reason. */
  readonly unread: readonly string[];
}

interface ResourceDiscovery {
  readonly resource: string;
  readonly responseKind: { readonly kind: string };
  readonly scope: 'Cluster' | 'Namespaced';
  readonly verbs: readonly string[];
}

interface GroupDiscovery {
  readonly metadata: { readonly name?: string };
  /** The preferred version first. */
  readonly versions: readonly {
    readonly version: string;
    readonly resources?: readonly ResourceDiscovery[];
  }[];
}

interface ListedResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

/** Kinds of objects that controllers of the cluster create and update. */
const ofCluster = [
  'Endpoints',
  'EndpointSlice',
  'Event',
  'Lease',
  'ControllerRevision',
  'PodMetrics',
  'CSIStorageCapacity',
];

/**
 * Lists the metadata of all objects in a namespace, of each served kind. Only metadata is requested, so that no Secret
 * value is sent.
 *
 * @throws ClusterError if API discovery fails
 */
export async function listNamespace(client: ClusterClient, namespace: string): Promise<NamespaceObjects> {
  const groups = (
    await Promise.all(
      ['/api', '/apis'].map((path) =>
        client.read<{ items: readonly GroupDiscovery[] }>(path, forms.discovery),
      ),
    )
  ).flatMap(({ items }) => items);
  const resources = groups.flatMap((group) => listable(group, namespace));
  const lists = await Promise.all(resources.map((resource) => listMetadata(client, resource)));
  return {
    objects: lists.flatMap((each) => (typeof each === 'string' ? [] : each)),
    unread: lists.filter((each) => typeof each === 'string'),
  };
}

function listable(
  { metadata: { name = '' }, versions }: GroupDiscovery,
  namespace: string,
): ListedResource[] {
  const [preferred] = versions;
  const { version = '', resources = [] } = preferred ?? {};
  const apiVersion = name === '' ? version : `${name}/${version}`;
  return resources
    .filter(
      ({ scope, verbs, responseKind: { kind } }) =>
        scope === 'Namespaced' && verbs.includes('list') && !ofCluster.includes(kind),
    )
    .map(({ resource, responseKind: { kind } }) => ({
      ...{ apiVersion, kind, name: name === '' ? resource : `${resource}.${name}` },
      path: `${name === '' ? '/api' : '/apis'}/${apiVersion}/namespaces/${namespace}/${resource}`,
    }));
}

/** Lists one kind. If that fails, it returns the reason, so that the other kinds are still listed. */
async function listMetadata(
  client: ClusterClient,
  { path, apiVersion, kind, name }: ListedResource,
): Promise<KubernetesObject[] | string> {
  try {
    const { items } = await client.read<{ items: readonly Pick<KubernetesObject, 'metadata'>[] | null }>(
      path,
      forms.metadata,
    );
    // The API server returns null for an empty list of metadata.
    return (items ?? []).map(({ metadata }) => ({ apiVersion, kind, metadata }));
  } catch (error) {
    if (error instanceof ClusterError) return `${name}: ${error.message}`;
    throw error;
  }
}
