import type { Configuration } from '../config/load';
import type { Deployment, ImagesLock } from '../config/schema';
import { isUnresolved, type Resolvable } from '../config/unresolved';
import type { Workload } from '../config/workloads';
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
  /** By name, sorted. */
  readonly workloads: readonly (readonly [name: string, workload: Workload])[];
  /** In the order in which the configuration states them. */
  readonly unresolved: readonly UnresolvedValue[];
}

/** An image, as far as it is known. */
export interface Image {
  readonly repository: string;
  readonly tag: Resolvable<string>;
  readonly digest: Resolvable<string>;
}

/** Derives the model; what the configuration leaves open stays open. */
export function createModel({ deployment, lock }: Pick<Configuration, 'deployment' | 'lock'>): Model {
  const images = withDigests(deployment.images, lock);
  return {
    namespace: deployment.namespace,
    kubernetesVersion: deployment.k3s.split('.').slice(0, 2).join('.'),
    imagePullSecret: deployment.imagePullSecret,
    images,
    config: deployment.config,
    secrets: deployment.secrets,
    external: deployment.external ?? {},
    nodes: deployment.nodes,
    workloads: Object.entries(deployment.workloads).sort(([a], [b]) => (a < b ? -1 : 1)),
    unresolved: listUnresolved({ ...deployment, images }),
  };
}

/**
 * `repository:tag@sha256:…`. What is unresolved says so in its place, and no registry and no kubelet takes it for
 * an image.
 */
export function imageReference({ repository, tag, digest }: Image): string {
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
