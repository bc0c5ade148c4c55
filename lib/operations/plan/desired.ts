import { createHash } from 'node:crypto';
import type { KubernetesDocument, KubernetesObject } from '../../documents/kubernetes';
import type { Topology } from '../../documents/topology';
import { objectKey } from '../../kubernetes/objects/object-key';
import type { Node } from '../../kubernetes/scheduling/node';
import { canonicalJson } from './stated-part';

/** What is to run: one deployment as its configuration describes it now. */
export interface DesiredState {
  /** Names the deployment in the cluster: its namespace. */
  readonly name: string;
  readonly documents: readonly Pick<KubernetesDocument, 'file' | 'object'>[];
  /** Kubernetes' minor version that the configuration states, such as `v1.34`. */
  readonly minor: string;
  readonly nodes: readonly Node[];
  readonly topology: Topology;
  /** What the manifests come from. */
  readonly origin: ManifestOrigin;
  /** Run no Job: a rollback repeats no old migration. @default Jobs run */
  readonly skipsJobs?: boolean;
}

/** The commit that manifests come from. */
export interface ManifestOrigin {
  /** Empty where there is no commit. */
  readonly commit: string;
  /** Files differ from that commit. */
  readonly isDirty: boolean;
}

/** The phase of a manifest: the number in front of its file's name (ADR 4). */
export function phaseOf(file: string): number {
  return Number(/^(\d+)-/.exec(file)?.[1] ?? lastPhase);
}

/** The phase of workloads, and of files without a number. */
export const lastPhase = 3;

/** The digest of manifests: the same for the same objects in whatever order. */
export function digestOf(objects: readonly KubernetesObject[]): string {
  const texts = objects.map((object) => `${objectKey(object)}\n${canonicalJson(object)}`).sort();
  return `sha256:${createHash('sha256').update(texts.join('\n')).digest('hex')}`;
}
