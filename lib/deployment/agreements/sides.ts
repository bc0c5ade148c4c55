import type { About } from '../../analysis/rules/rule';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { resourcesOf, type TerraformBlock, type TerraformConfiguration } from '../../documents/terraform';
import { helmValues } from '../../kubernetes/helm-values';
import { kindOf } from '../../kubernetes/objects/object-key';
import type { Violation } from '../../kubernetes/schema/violation';
import type { NodeSetup } from '../../nodes/node-setup';

/** One deployment's documents, of all kinds. A kind that there is none of is one that nobody here makes. */
export interface Sides {
  readonly objects: readonly KubernetesObject[];
  readonly terraform: readonly TerraformConfiguration[];
  readonly setups: readonly NodeSetup[];
  readonly nodes: readonly ClusterNode[];
  /** Whether the cluster has its data already: then nobody begins another one. */
  readonly initialised: boolean;
}

/** A node, by the name that Terraform and its script have of it. */
export interface ClusterNode {
  readonly name: string;
  /** The public address, as far as it is known. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where two documents contradict each other. */
export type Disagreement = Omit<Violation, 'rule'>;

/** What two sides must agree on: a pure function over the documents of both. */
export interface Agreement extends About {
  readonly differences: (sides: Sides) => Disagreement[];
}

/** A resource of any of the configurations. */
export function terraformResources({ terraform }: Sides, type: string) {
  return terraform.flatMap((configuration) => resourcesOf(configuration, type));
}

/** Maps that stand at a key, whether one or a list of them. */
export function blocks(body: TerraformBlock, key: string): TerraformBlock[] {
  const value = body[key];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each): each is TerraformBlock => isMap(each as Json | undefined));
}

/** Strings that stand at a key: those of a list, or one expression that stands for a list. */
export function strings(body: TerraformBlock, key: string): string[] {
  const value = body[key];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** The values of the Traefik that k3s brings; undefined where nothing configures it. */
export function traefikValuesOf({ objects }: Sides): TerraformBlock | undefined {
  const config = objects.find(
    (object) => kindOf(object) === 'HelmChartConfig' && object.metadata.name === 'traefik',
  );
  const values = config && helmValues(config);
  return isMap(values) ? values : undefined;
}

/** What stands at a path of a document; undefined as soon as something is no map. */
export function jsonAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((below, key) => (isMap(below) ? below[key] : undefined), value);
}

/** The list that stands at a key; an empty one where there is none. */
export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const list = jsonAt(value, key);
  return Array.isArray(list) ? list : [];
}

export function isMap(value: Json | undefined): value is TerraformBlock {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What refers to a server's public address, whether it is known or Hetzner's still to choose. */
export function addressesOf({ name, address }: ClusterNode): string[] {
  return [address, `\${hcloud_primary_ip.${name}.ip_address}`];
}

/** Entries of one list that another lacks. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  return list.filter((each) => !other.includes(each));
}
