import type { About } from '../../analysis/rules/rule';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { resourcesOf, type TerraformBlock, type TerraformConfiguration } from '../../documents/terraform';
import { helmValues } from '../../kubernetes/helm-values';
import { kindOf } from '../../kubernetes/objects/object-key';
import type { Violation } from '../../kubernetes/schema/violation';
import type { NodeSetup } from '../../nodes/node-setup';

/** All documents of one deployment. A kind is missing if the configuration doesn't describe it. */
export interface Sides {
  readonly objects: readonly KubernetesObject[];
  readonly terraform: readonly TerraformConfiguration[];
  readonly setups: readonly NodeSetup[];
  readonly nodes: readonly ClusterNode[];
  /** Whether the cluster is initialised, so that no node may initialise another. */
  readonly initialised: boolean;
}

/** A node by its name in Terraform and in its script. */
export interface ClusterNode {
  readonly name: string;
  /** The public address; undefined while unknown. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A place where two documents contradict each other. */
export type Disagreement = Omit<Violation, 'rule'>;

/** One check that both sides agree: a pure function of their documents. */
export interface Agreement extends About {
  readonly differences: (sides: Sides) => Disagreement[];
}

/** The resources of all Terraform configurations. */
export function terraformResources({ terraform }: Sides, type: string) {
  return terraform.flatMap((configuration) => resourcesOf(configuration, type));
}

/** The maps at a key, which holds one or a list. */
export function blocks(body: TerraformBlock, key: string): TerraformBlock[] {
  const value = body[key];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each): each is TerraformBlock => isMap(each as Json | undefined));
}

/** The strings at a key: a list, or an expression for a list. */
export function strings(body: TerraformBlock, key: string): string[] {
  const value = body[key];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** The Helm values of k3s' Traefik; undefined without a HelmChartConfig. */
export function traefikValuesOf({ objects }: Sides): TerraformBlock | undefined {
  const config = objects.find(
    (object) => kindOf(object) === 'HelmChartConfig' && object.metadata.name === 'traefik',
  );
  const values = config && helmValues(config);
  return isMap(values) ? values : undefined;
}

/** The value at a path of a document; undefined if a parent is not a map. */
export function jsonAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((below, key) => (isMap(below) ? below[key] : undefined), value);
}

/** The list at a key; empty if there is none. */
export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const list = jsonAt(value, key);
  return Array.isArray(list) ? list : [];
}

export function isMap(value: Json | undefined): value is TerraformBlock {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The expressions for a server's public address, whether it is known or not. */
export function addressesOf({ name, address }: ClusterNode): string[] {
  return [address, `\${hcloud_primary_ip.${name}.ip_address}`];
}

/** The entries of one list that the other lacks. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  return list.filter((each) => !other.includes(each));
}
