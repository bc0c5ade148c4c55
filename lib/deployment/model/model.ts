import { isDocumentation } from '../../documents/cidr';
import type { Configuration } from '../config/load';
import type { RawManifests } from '../config/raw-manifests';
import type { CloudflareRanges, Deployment, ImagesLock } from '../config/schema/schema';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import type { Workload } from '../config/schema/workloads';
import { type AskedValue, askedValues } from './asked';
import { listUnresolved, type UnresolvedValue } from './unresolved-value';

/** A deployment as everything after the configuration sees it: derived once, in no file's order. */
export interface Model {
  readonly namespace: string;
  /** Kubernetes' minor version, such as `v1.34`: the rules of Pod Security belong to one. */
  readonly kubernetesVersion: string;
  readonly imagePullSecret: string;
  readonly images: Readonly<Record<string, Image>>;
  readonly config: Deployment['config'];
  readonly secrets: Deployment['secrets'];
  /** Services outside of the cluster, by the names that workloads connect to. */
  readonly external: NonNullable<Deployment['external']>;
  readonly nodes: Deployment['nodes'];
  /** Who may log on to the nodes. */
  readonly access: Deployment['access'];
  /** How k3s is set up on them. */
  readonly cluster: Deployment['cluster'];
  /** Where requests come in; undefined for a deployment that has no public host. */
  readonly edge: Deployment['edge'];
  /** The metrics server outside; undefined for a deployment that nobody watches. */
  readonly metrics: Deployment['metrics'];
  readonly k3s: string;
  /** SHA-256 of k3s' binaries, by release and architecture; undefined while none is pinned. */
  readonly k3sSha256: Deployment['k3sSha256'];
  /** What is around the servers at Hetzner; undefined for nodes that somebody else makes. */
  readonly hetzner: Deployment['hetzner'];
  /** What exists already and is taken over; undefined for a deployment that begins from nothing. */
  readonly adopt: Deployment['adopt'];
  /** Where Terraform's state is kept. */
  readonly terraform: Deployment['terraform'];
  /** The ranges from which Cloudflare speaks for its clients; none for a deployment that has no public host. */
  readonly cloudflareRanges: readonly string[];
  /** By name, sorted. */
  readonly workloads: readonly (readonly [name: string, workload: Workload])[];
  /** Objects that are taken as they are, by the names of their entries. */
  readonly raw: Readonly<Record<string, Pick<RawManifests, 'objects'>>>;
  /** What the operator counts on when something fails. */
  readonly promises: NonNullable<Deployment['promises']>;
  /** Findings that the operator lives with. */
  readonly acknowledgements: NonNullable<Deployment['acknowledgements']>;
  /** What stands in the manifests as a placeholder, in the order in which the configuration states it. */
  readonly unresolved: readonly UnresolvedValue[];
  /** What the nodes' scripts wait for. */
  readonly unresolvedOfNodes: readonly UnresolvedValue[];
  /** What Terraform asks for. */
  readonly asked: readonly AskedValue[];
}

/** An image, as far as it is known. */
export interface Image {
  readonly repository: string;
  readonly tag: Resolvable<string>;
  readonly digest: Resolvable<string>;
}

/** Derives the model; what the configuration leaves open stays open. */
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

/** The address by which the other nodes know a node, and which pods on its network have. */
export function clusterAddress(model: Model, name: string): string {
  const { address, privateAddress } = nodeOf(model, name);
  return model.cluster.nodeAddresses === 'private' ? (privateAddress ?? address) : address;
}

/** A node of the configuration. */
export function nodeOf({ nodes }: Model, name: string): Model['nodes'][string] {
  const node = nodes[name];
  if (node === undefined) throw new Error(`no node is called ${name}`);
  return node;
}

/** What `clusterAddress` says of every node, in the order of their names. */
export function clusterAddresses(model: Model): string[] {
  return Object.keys(model.nodes)
    .sort()
    .map((name) => clusterAddress(model, name));
}

/** The nodes' public addresses, in the order of their names. */
export function nodeAddresses({ nodes }: Pick<Model, 'nodes'>): string[] {
  const byName = Object.entries(nodes).sort(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([, { address }]) => address);
}

/**
 * `repository:tag@sha256:…`. What is unresolved says so in its place, and no registry and no kubelet takes it for
 * an image.
 */
export function imageReferenceOf({ repository, tag, digest }: Image): string {
  return `${repository}:${isUnresolved(tag) ? 'unresolved' : tag}@${isUnresolved(digest) ? 'sha256:unresolved' : digest}`;
}

function withDigests(images: Deployment['images'], lock: ImagesLock): Record<string, Image> {
  return Object.fromEntries(
    Object.entries(images).map(([name, { repository, tag }]) => {
      const digest = lock[name]?.digest ?? { unresolved: `state the digest of ${name} in images.lock.yaml` };
      return [name, { repository, tag, digest }];
    }),
  );
}

/** What is open in the other parts is a question of Terraform's or of a node's script, and no placeholder. */
function inManifests(deployment: Deployment): object {
  const { hetzner: _hetzner, adopt: _adopt, access: _access, cluster: _cluster, edge, ...parts } = deployment;
  const { cloudflare: _cloudflare, ...others } = edge ?? {};
  return { ...parts, edge: others };
}

/** A server that is still to be made has no address: until Terraform has told it, a documentation's stands for it. */
function unknownAddresses({ namespace, nodes }: Deployment): UnresolvedValue[] {
  return Object.entries(nodes)
    .filter(([, { address }]) => isDocumentation(address))
    .map(([name]) => ({
      place: ['nodes', name, 'address'],
      path: `nodes.${name}.address`,
      find: `terraform -chdir=dist/terraform/stacks/${namespace} output addresses`,
    }));
}

/** A list that nobody has compared for a date is one that only the operator can vouch for. */
function unchecked({ checked, source }: CloudflareRanges): UnresolvedValue[] {
  if (checked !== null) return [];
  const find = `compare the ranges with ${source}, and state the day in cloudflare-ip-ranges.json`;
  return [{ place: ['cloudflare', 'checked'], path: 'cloudflare.checked', find }];
}

/** The same entries by name: no output depends on the order in which somebody wrote them. */
function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
