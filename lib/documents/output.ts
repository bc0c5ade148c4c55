import type { Json, KubernetesObject } from './kubernetes';
import type { TerraformConfiguration } from './terraform';

/** A Kubernetes object and its file. */
export interface FiledObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** A Terraform stack and its file. */
export interface FiledStack {
  readonly file: string;
  readonly configuration: TerraformConfiguration;
}

/** A file of Prometheus alert rules. */
export interface FiledRules {
  readonly file: string;
  readonly rules: Json;
}

/** Kubernetes and Terraform documents of one output, whether this package or another tool wrote them. */
export interface Output {
  readonly objects: readonly FiledObject[];
  readonly stacks: readonly FiledStack[];
  readonly rules: readonly FiledRules[];
  /** The text of every file by path. It shows formatting-only changes, and contains the node scripts. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What is applied together: manifests of any origin, or a whole output with Terraform stacks and node scripts. */
export type AppliedDocuments = Output | readonly KubernetesObject[];

/** The documents as an output. Manifests alone have no files. */
export function outputOfApplied(documents: AppliedDocuments): Output {
  if ('objects' in documents) return documents;
  const objects = documents.map((object) => ({ file: '', object }));
  return { objects, stacks: [], rules: [], texts: new Map() };
}
