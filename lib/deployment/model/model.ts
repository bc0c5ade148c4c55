import { isDocumentation } from '../../documents/cidr';
import type { Configuration } from '../config/load';
import type { RawManifests } from '../config/raw-manifests';
import type { CloudflareRanges, Deployment, ImagesLock } from '../config/schema/schema';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import type { Workload } from '../config/schema/workloads';
import { type AskedValue, askedValues } from './asked';
import { listUnresolved, type UnresolvedValue } from './unresolved-value';

/**
 * The deployment, derived from the configuration. Its order is fixed, whatever the order of the
 * configuration's files.
 */
export interface Model {
  readonly namespace: string;
  /** The minor version of Kubernetes, such as `v1.34`, which the Pod Security labels name. */
  readonly kubernetesVersion: string;
  readonly imagePullSecret: string;
  readonly images: Readonly<Record<string, Image>>;
  readonly config: Deployment['config'];
  readonly secrets: Deployment['secrets'];
  /** External services, by the names that `connectsTo` uses. */
  readonly external: NonNullable<Deployment['external']>;
  readonly nodes: Deployment['nodes'];
  /** How the person who runs the cluster connects to the nodes. */
  readonly access: Deployment['access'];
  /** The options of k3s that are the same on all nodes. */
  readonly cluster: Deployment['cluster'];
  /** The settings of Traefik and Cloudflare; undefined for a deployment without a public host. */
  readonly edge: Deployment['edge'];
  /** The external metrics server; undefined without monitoring. */
  readonly metrics: Deployment['metrics'];
  readonly k3s: string;
  /** SHA-256 of the k3s binaries by release and architecture; undefined if not pinned. */
  readonly k3sSha256: Deployment['k3sSha256'];
  /** The settings for Hetzner; undefined if Terraform doesn't manage the nodes. */
  readonly hetzner: Deployment['hetzner'];
  /** The monthly costs of external services, by service name. */
  readonly costs: NonNullable<Deployment['costs']>;
  /** The ids of existing resources, which Terraform imports; undefined for a new deployment. */
  readonly adopt: Deployment['adopt'];
  /** Where Terraform stores its state. */
  readonly terraform: Deployment['terraform'];
  /** Cloudflare's address ranges; empty for a deployment without a public host. */
  readonly cloudflareRanges: readonly string[];
  /** By name, sorted. */
  readonly workloads: readonly (readonly [name: string, workload: Workload])[];
  /** Objects that the output contains unchanged, by the names of their entries. */
  readonly raw: Readonly<Record<string, Pick<RawManifests, 'objects'>>>;
  /** The promised outcomes of failures. */
  readonly promises: NonNullable<Deployment['promises']>;
  /** Accepted findings. */
  readonly acknowledgements: NonNullable<Deployment['acknowledgements']>;
  /** Unresolved values in the manifests, in the order of the configuration. */
  readonly unresolved: readonly UnresolvedValue[];
  /** Unresolved values in the node scripts. */
  readonly unresolvedOfNodes: readonly UnresolvedValue[];
  /** Unresolved values that become variables of Terraform. */
  readonly asked: readonly AskedValue[];
}

/** An image. Its tag and its digest may be unresolved. */
export interface Image {
  readonly repository: string;
  readonly tag: Resolvable<string>;
  readonly digest: Resolvable<string>;
}

/** Derives the model from the configuration. Unresolved values stay unresolved. */
export function createModel({
  deployment,
  lock,
  cloudflare,
  raw,
}: Pick<Configuration, 'deployment' | 'lock' | 'cloudflare' | 'raw'>): Model {
  const images = withDigests(deployment.images, lock);
  return {
    namespace: deployment.namespace,
    kubernetesVersion: deployment.k3s.split('.').slice(0, 2).join('.'),
    imagePullSecret: deployment.imagePullSecret,
    images,
    config: deployment.config,
    secrets: deployment.secrets,
    external: deployment.external ?? {},
    nodes: sorted(deployment.nodes),
    access: deployment.access,
    cluster: deployment.cluster,
    edge: deployment.edge,
    metrics: deployment.metrics,
    k3s: deployment.k3s,
    k3sSha256: deployment.k3sSha256,
    hetzner: deployment.hetzner,
    costs: deployment.costs ?? {},
    adopt: deployment.adopt,
    terraform: deployment.terraform,
    cloudflareRanges: deployment.edge === undefined ? [] : [...cloudflare.ipv4, ...cloudflare.ipv6],
    workloads: Object.entries(deployment.workloads).sort(([a], [b]) => (a < b ? -1 : 1)),
    raw: sorted(Object.fromEntries(Object.entries(raw).map(([name, { objects }]) => [name, { objects }]))),
    promises: deployment.promises ?? [],
    acknowledgements: deployment.acknowledgements ?? [],
    unresolved: [
      ...listUnresolved({ ...inManifests(deployment), images }),
      ...unknownAddresses(deployment),
      ...unchecked(cloudflare),
    ],
    unresolvedOfNodes: [
      ...listUnresolved(deployment.access, ['access']),
      ...listUnresolved(deployment.cluster, ['cluster']),
      ...(deployment.cluster.nodeAddresses === 'public' ? unknownAddresses(deployment) : []),
    ],
    asked: askedValues(deployment),
  };
}

/** The address at which other nodes reach a node, and which its pods on the host network have. */
export function clusterAddress(model: Model, name: string): string {
  const { address, privateAddress } = nodeOf(model, name);
  return model.cluster.nodeAddresses === 'private' ? (privateAddress ?? address) : address;
}

/** @throws Error if the configuration has no node of this name */
export function nodeOf({ nodes }: Model, name: string): Model['nodes'][string] {
  const node = nodes[name];
  if (node === undefined) throw new Error(`no node is called ${name}`);
  return node;
}

/** The `clusterAddress` of every node, sorted by node name. */
export function clusterAddresses(model: Model): string[] {
  return Object.keys(model.nodes)
    .sort()
    .map((name) => clusterAddress(model, name));
}

/** The public addresses of the nodes, sorted by node name. */
export function nodeAddresses({ nodes }: Pick<Model, 'nodes'>): string[] {
  const byName = Object.entries(nodes).sort(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([, { address }]) => address);
}

/**
 * `repository:tag@sha256:…`. The word "unresolved" replaces a missing part, so that no registry and no
 * kubelet accepts the reference.
 */
export function imageReferenceOf({ repository, tag, digest }: Image): string {
  return `${repository}:${isUnresolved(tag) ? 'unresolved' : tag}@${isUnresolved(digest) ? 'sha256:unresolved' : digest}`;
}

function withDigests(images: Deployment['images'], lock: ImagesLock): Record<string, Image> {
  return Object.fromEntries(
    Object.entries(images).map(([name, { repository, tag }]) => {
      const digest = lock[name]?.digest ?? { unresolved: `set the digest of ${name} in images.lock.yaml` };
      return [name, { repository, tag, digest }];
    }),
  );
}

/**
 * Leaves out the parts whose unresolved values are not placeholders in manifests: Terraform or the node
 * scripts resolve them.
 */
function inManifests(deployment: Deployment): object {
  const { hetzner: _hetzner, adopt: _adopt, access: _access, cluster: _cluster, edge, ...parts } = deployment;
  const { cloudflare: _cloudflare, ...others } = edge ?? {};
  return { ...parts, edge: others };
}

/**
 * A server that does not exist yet has an address from a documentation range. Terraform's output shows the
 * real address later.
 */
function unknownAddresses({ namespace, nodes }: Deployment): UnresolvedValue[] {
  return Object.entries(nodes)
    .filter(([, { address }]) => isDocumentation(address))
    .map(([name]) => ({
      place: ['nodes', name, 'address'],
      path: `nodes.${name}.address`,
      find: `terraform -chdir=dist/terraform/stacks/${namespace} output addresses`,
    }));
}

/** If the file has no date of the last comparison, the person who runs the tool must compare the list. */
function unchecked({ checked, source }: CloudflareRanges): UnresolvedValue[] {
  if (checked !== null) return [];
  const find = `compare the ranges with ${source}, and set the date of the comparison (checked) in cloudflare-ip-ranges.json`;
  return [{ place: ['cloudflare', 'checked'], path: 'cloudflare.checked', find }];
}

/** Sorts the entries by name, so that the output doesn't depend on their order in the file. */
function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
