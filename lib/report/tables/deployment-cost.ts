import type { Model } from '../../deployment/model/model';
import type { TerraformConfiguration } from '../../documents/terraform';
import type { Manifests } from '../../kubernetes/manifests';
import type { Node } from '../../kubernetes/scheduling/node';
import { nodeLosses } from '../../kubernetes/scheduling/node-loss';
import { requestShares } from '../../kubernetes/scheduling/request-shares';
import { type CostItem, sumOf } from '../../terraform/hetzner/cost-item';
import { addressCost, serverCosts, terraformCosts } from '../../terraform/hetzner/resource-costs';

/** The monthly costs of a deployment. */
export interface DeploymentCost {
  readonly items: readonly CostItem[];
  /** The costs of the nodes, divided between the workloads by their requests. In the order of the manifests. */
  readonly workloads: readonly WorkloadCost[];
  /** Undefined if there is only one node, or if the pods need all nodes. */
  readonly redundancy: Redundancy | undefined;
}

export interface WorkloadCost {
  readonly name: string;
  /** The share of the requests of all workloads, from 0 to 1. */
  readonly share: number;
  /** The share of the costs of the nodes, in EUR a month. */
  readonly euros: number;
}

/** The most expensive node, if the pods fit on the other nodes. */
export interface Redundancy {
  readonly node: string;
  readonly euros: number;
}

/** @param nodes the nodes of the configuration, as the scheduler sees them */
export function deploymentCost(
  model: Model,
  terraform: readonly TerraformConfiguration[],
  manifests: Manifests,
  nodes: readonly Node[],
): DeploymentCost {
  const ofNodes = costsOfNodes(model, terraform);
  const total = sumOf(ofNodes).euros;
  return {
    items: [...ofNodes, ...costsOfServices(model)],
    workloads: requestShares(manifests).map(({ object, share }) => ({
      ...{ name: object.metadata.name, share, euros: share * total },
    })),
    redundancy: redundancyOf(ofNodes, manifests, nodes),
  };
}

/** The costs of the nodes. A server that Terraform does not manage has the same price as a managed one. */
function costsOfNodes({ nodes, hetzner }: Model, terraform: readonly TerraformConfiguration[]): CostItem[] {
  if (hetzner !== undefined) return terraformCosts(terraform, ({ name }) => nodes[name]?.priceList);
  return Object.entries(nodes).flatMap(([object, { type, location, backups = false, priceList }]) => [
    ...serverCosts({ ...{ object, server: object }, type, location, hasBackups: backups, priceList }),
    addressCost(object, object),
  ]);
}

function costsOfServices({ costs }: Model): CostItem[] {
  return Object.entries(costs).map(([object, { euros, source }]) => ({
    ...{ object, kind: 'external service', basis: source, euros },
  }));
}

/** The most expensive node. Undefined unless the pods fit on the other nodes if any one node is lost. */
function redundancyOf(
  items: readonly CostItem[],
  manifests: Manifests,
  nodes: readonly Node[],
): Redundancy | undefined {
  if (nodes.length < 2 || nodeLosses(nodes, manifests).some(({ unplaced }) => unplaced.length > 0))
    return undefined;
  const [dearest] = nodes
    .map(({ name }) => ({ node: name, euros: sumOf(items.filter(({ server }) => server === name)).euros }))
    .sort((a, b) => b.euros - a.euros);
  return dearest;
}
