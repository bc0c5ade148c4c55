import type { Json, KubernetesObject } from './kubernetes';
import type { TerraformConfiguration } from './terraform';

/** A Kubernetes object, and the file that contains it. */
export interface FiledObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** A Terraform stack, and the file that contains it. */
export interface FiledStack {
  readonly file: string;
  readonly configuration: TerraformConfiguration;
}

/** A file of Prometheus alert rules. */
export interface FiledRules {
  readonly file: string;
  readonly rules: Json;
}

/** The Kubernetes and Terraform documents of one output. They may come from this package or from another tool. */
export interface Output {
  readonly objects: readonly FiledObject[];
  readonly stacks: readonly FiledStack[];
  readonly rules: readonly FiledRules[];
  /**
   * The text of every file by path. It is used to detect formatting-only changes, and it includes the node scripts.
   */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Documents that are applied together: manifests from any tool, or a whole output with Terraform stacks and node
 * scripts.
 */
export type AppliedDocuments = Output | readonly KubernetesObject[];

/** Converts documents to an output. Manifests that are not part of an output have no files. */
export function outputOfApplied(documents: AppliedDocuments): Output {
  if ('objects' in documents) return documents;
  const objects = documents.map((object) => ({ file: '', object }));
  return { objects, stacks: [], rules: [], texts: new Map() };
}
