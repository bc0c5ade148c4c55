import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/**
 * The API groups with known schemas. `imports/crds/<group>/<version>.yaml` contains the CRDs of a group as one version
 * of their source installs them: helm-controller for `helm.cattle.io`, Traefik's chart for `traefik.io`. Versions
 * without a change have no file.
 */
export const groups = ['helm.cattle.io', 'traefik.io'] as const;

/** The used parts of an OpenAPI v3 schema in a CRD. */
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

/** The used parts of a CustomResourceDefinition. */
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

export function groupFile(group: string, version: string): string {
  return `imports/crds/${group}/${version}.yaml`;
}

/** The stored versions of a group's CRDs, oldest first. */
export function groupVersions(root: string, group: string): string[] {
  const parts = (version: string) => version.split('.').map(Number);
  return readdirSync(join(root, 'imports', 'crds', group))
    .map((file) => file.replace(/\.yaml$/, ''))
    .sort((a, b) => {
      const [left, right] = [parts(a), parts(b)];
      const index = left.findIndex((part, position) => part !== right[position]);
      return (left[index] ?? 0) - (right[index] ?? 0);
    });
}

/**
 * The CRDs of a group in one version.
 *
 * @param root the directory of the project
 * @throws an error if the file is missing or is not YAML
 */
export function readCrds(root: string, group: string, version: string): Crd[] {
  const file = groupFile(group, version);
  return parseAllDocuments(readFileSync(join(root, file), 'utf8')).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
    return document.toJS() as Crd;
  });
}

/** The CRDs of a group in the newest version. */
export function readNewestCrds(root: string, group: string): { file: string; crds: Crd[] } {
  const version = groupVersions(root, group).at(-1) ?? '';
  return { file: groupFile(group, version), crds: readCrds(root, group, version) };
}
