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
 * Everything that Terraform makes of a deployment: what is at Hetzner, and what is at Cloudflare.
 *
 * The ids of its resources are their addresses, such as `hcloud_server.hetzner1`. They are frozen: another address is
 * another resource, and Terraform destroys the one that went.
 */
export class DeploymentStack extends TerraformStack {
  constructor(scope: Construct, { model }: DeploymentStackProps) {
    super(scope, model.namespace);
    addBackend(this, model);
    // The first that can leave out what Backblaze doesn't know (skip_s3_checksum).
    this.addOverride('terraform.required_version', '>= 1.6.3');
    const variables = new Variables(this, 'variables');
    const { hetzner, edge } = model;
    const nodes = hetzner === undefined ? undefined : new Nodes(this, { model, hetzner, variables });
    if (edge?.cloudflare === undefined) return;
    const stated = Object.entries(model.nodes).map(([name, { address }]) => [name, address] as const);
    const addresses = nodes?.addresses ?? new Map(stated);
    new Edge(this, { model, edge, cloudflare: edge.cloudflare, addresses, variables });
  }

  /** Without a hash of the path: an id is an address. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { id } = TerraformElement.isTerraformElement(element) ? element.node : element;
    return id.slice(id.lastIndexOf('.') + 1);
  }
}
