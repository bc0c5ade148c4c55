import type { About } from '../../analysis/rules/rule';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { resourcesOf, type TerraformBlock, type TerraformConfiguration } from '../../documents/terraform';
import { helmValues } from '../../kubernetes/helm-values';
import { kindOf } from '../../kubernetes/objects/object-key';
import type { Violation } from '../../kubernetes/schema/violation';
import type { NodeSetup } from '../../nodes/node-setup';

/**
 * All output of one deployment: Kubernetes objects, Terraform configurations and node scripts. A list is
 * empty if the configuration doesn't describe that part.
 */
export interface Sides {
  readonly objects: readonly KubernetesObject[];
  readonly terraform: readonly TerraformConfiguration[];
  readonly setups: readonly NodeSetup[];
  readonly nodes: readonly ClusterNode[];
  /** Whether the cluster exists already, so that no node may initialise another cluster. */
  readonly initialised: boolean;
}

/** A node, by the name that Terraform and the node script use. */
export interface ClusterNode {
  readonly name: string;
  /** The public address; one from a documentation range while the server doesn't exist. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A place where two documents contradict each other. */
export type Disagreement = Omit<Violation, 'rule'>;

/** A check that the Kubernetes and the Terraform output match: a pure function of the output. */
export interface Agreement extends About {
  readonly differences: (sides: Sides) => Disagreement[];
}

/** The resources of all Terraform configurations. */
export function terraformResources({ terraform }: Sides, type: string) {
  return terraform.flatMap((configuration) => resourcesOf(configuration, type));
}

/** The maps at a key, whose value is one map or a list of maps. */
export function blocks(body: TerraformBlock, key: string): TerraformBlock[] {
  const value = body[key];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each): each is TerraformBlock => isMap(each as Json | undefined));
}

/** The strings at a key, whose value is a list of strings or one Terraform expression. */
export function strings(body: TerraformBlock, key: string): string[] {
  const value = body[key];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** The Helm values of the Traefik that k3s installs; undefined without a HelmChartConfig. */
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

/** The two forms in which Terraform's configuration can name the public address of a server. */
export function addressesOf({ name, address }: ClusterNode): string[] {
  return [address, `\${hcloud_primary_ip.${name}.ip_address}`];
}

/** The entries of the first list that the second list lacks. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  return list.filter((each) => !other.includes(each));
}
