import { createHash } from 'node:crypto';
import type { KubernetesDocument, KubernetesObject } from '../../documents/kubernetes';
import type { Topology } from '../../documents/topology';
import { objectKey } from '../../kubernetes/objects/object-key';
import type { Node } from '../../kubernetes/scheduling/node';
import { canonicalJson } from './stated-part';

/** What must run: one deployment, as its configuration describes it. */
export interface DesiredState {
  /** The name of the deployment in the cluster: its namespace. */
  readonly name: string;
  readonly documents: readonly Pick<KubernetesDocument, 'file' | 'object'>[];
  /** The Kubernetes minor version that the configuration sets, such as `v1.34`. */
  readonly minor: string;
  readonly nodes: readonly Node[];
  readonly topology: Topology;
  /** The commit that the manifests come from. */
  readonly origin: ManifestOrigin;
  /** Whether Jobs are left out: a rollback must not repeat an old migration. @default Jobs run */
  readonly skipsJobs?: boolean;
}

/** The commit that manifests come from. */
export interface ManifestOrigin {
  /** Empty if the directory is not in a git repository. */
  readonly commit: string;
  /** Whether files differ from that commit. */
  readonly isDirty: boolean;
}

/** The phase of a manifest: the number in front of its file's name (ADR 4). */
export function phaseOf(file: string): number {
  return Number(/^(\d+)-/.exec(file)?.[1] ?? lastPhase);
}

/** The phase of workloads, and the default for files without a number. */
export const lastPhase = 3;

/** The digest of the manifests. It does not depend on their order. */
export function digestOf(objects: readonly KubernetesObject[]): string {
  const texts = objects.map((object) => `${objectKey(object)}\n${canonicalJson(object)}`).sort();
  return `sha256:${createHash('sha256').update(texts.join('\n')).digest('hex')}`;
}
