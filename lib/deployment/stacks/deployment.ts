import { TerraformElement, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';
import type { Model } from '../model/model';
import { addBackend } from './backend';
import { Edge } from './edge';
import { Nodes } from './nodes';
import { Variables } from './variables';

export interface DeploymentStackProps {
  readonly model: Model;
}

/**
 * All resources of a deployment that Terraform manages, at Hetzner and Cloudflare.
 *
 * The id of a construct is the address of its resource, such as `hcloud_server.hetzner1`. The ids never
 * change: if an address changes, Terraform destroys the resource and creates a new one.
 */
export class DeploymentStack extends TerraformStack {
  constructor(scope: Construct, { model }: DeploymentStackProps) {
    super(scope, model.namespace);
    addBackend(this, model);
    // The first version of Terraform with skip_s3_checksum, which Backblaze needs.
    this.addOverride('terraform.required_version', '>= 1.6.3');
    const variables = new Variables(this, 'variables');
    const { hetzner, edge } = model;
    const nodes = hetzner === undefined ? undefined : new Nodes(this, { model, hetzner, variables });
    if (edge?.cloudflare === undefined) return;
    const stated = Object.entries(model.nodes).map(([name, { address }]) => [name, address] as const);
    const addresses = nodes?.addresses ?? new Map(stated);
    new Edge(this, { model, edge, cloudflare: edge.cloudflare, addresses, variables });
  }

  /** Uses the id of the construct as the address, without the hash that cdktf adds. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { id } = TerraformElement.isTerraformElement(element) ? element.node : element;
    return id.slice(id.lastIndexOf('.') + 1);
  }
}
