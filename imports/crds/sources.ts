import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/**
 * The API groups whose schemas are known. `imports/crds/<group>/<version>.yaml` has a group's CRDs as one version of what brings them has
 * them: helm-controller for `helm.cattle.io`, Traefik's chart for `traefik.io`. Versions without a change have no file.
 */
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

export function groupFile(group: string, version: string): string {
  return `imports/crds/${group}/${version}.yaml`;
}

/** The versions of a group's CRDs, oldest first. */
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
 * The CRDs of a group, as one version has them.
 *
 * @param root the project's directory
 * @throws when the file isn't there or isn't YAML
 */
export function readCrds(root: string, group: string, version: string): Crd[] {
  const file = groupFile(group, version);
  return parseAllDocuments(readFileSync(join(root, file), 'utf8')).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
    return document.toJS() as Crd;
  });
}

/** The CRDs of a group, as its newest version has them. */
export function readNewestCrds(root: string, group: string): { file: string; crds: Crd[] } {
  const version = groupVersions(root, group).at(-1) ?? '';
  return { file: groupFile(group, version), crds: readCrds(root, group, version) };
}
