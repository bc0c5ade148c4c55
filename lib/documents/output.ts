import type { Json, KubernetesObject } from './kubernetes';
import type { TerraformConfiguration } from './terraform';

/** A Kubernetes object and the file that it stands in. */
export interface FiledObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** A stack of Terraform's and the file that it stands in. */
export interface FiledStack {
  readonly file: string;
  readonly configuration: TerraformConfiguration;
}

/** A file of the rules that a metrics server fires alerts by. */
export interface FiledRules {
  readonly file: string;
  readonly rules: Json;
}

/** Both sides of an output as documents, whoever wrote it. */
export interface Output {
  readonly objects: readonly FiledObject[];
  readonly stacks: readonly FiledStack[];
  readonly rules: readonly FiledRules[];
  /** Every file's text by its path: what changes in bytes alone is seen here, and the nodes' scripts are read from it. */
  readonly texts: ReadonlyMap<string, string>;
}
