import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The API groups whose schemas are known; `imports/crds/<group>.yaml` has a group's CRDs. */
export const groups = ['helm.cattle.io', 'traefik.io'] as const;

/** An OpenAPI v3 schema as CRDs have it, as far as it is read here. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** A CustomResourceDefinition, as far as it is read here. */
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly scope: string;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

export function groupFile(group: string): string {
  return `imports/crds/${group}.yaml`;
}

/**
 * The CRDs of a group.
 *
 * @param root the project's directory
 * @throws when the file isn't there or isn't YAML
 */
export function readCrds(root: string, group: string): Crd[] {
  const file = groupFile(group);
  return parseAllDocuments(readFileSync(join(root, file), 'utf8')).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
    return document.toJS() as Crd;
  });
}
