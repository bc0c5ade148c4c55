import { TerraformDataSource, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { isDocumentation } from '../../documents/cidr';
import type { Model } from '../model/model';
import { expression, literal, quoted } from './literal';

/** A condition that must be true before Terraform plans a server. */
interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * Checks before a plan whether Hetzner can provide the servers. Some server types can't be ordered for weeks,
 * even if they are not deprecated. A server that is destroyed in that time can't be replaced.
 *
 * @see https://docs.hetzner.cloud/reference/cloud#server-types `locations[].available`
 */
export class Availability extends Construct {
  constructor(
    scope: Construct,
    private readonly nodes: Model['nodes'],
  ) {
    super(scope, 'availability');
    const all = Object.values(nodes);
    if (all.length === 0) return;
    // All servers of the project: the types of servers that exist need not be available.
    const present = new TerraformDataSource(this, 'data.hcloud_servers.present', {
      terraformResourceType: 'hcloud_servers',
    });
    // cdktf leaves out a data block that has no argument.
    present.addOverride('with_selector', '');
    for (const type of [...new Set(all.map((node) => node.type))].sort()) {
      const data = new TerraformDataSource(this, `data.hcloud_server_type.${type}`, {
        terraformResourceType: 'hcloud_server_type',
      });
      data.addOverride('name', type);
    }
    if (!all.some(isUnprotected)) return;
    new TerraformVariable(this, 'var.without_successor', {
      type: 'list(string)',
      description: "Nodes that may be destroyed although Hetzner can't provide a replacement.",
      nullable: false,
      default: [],
    });
  }

  /**
   * If the server does not exist yet, its type must be available. If its deletion protection is removed, the
   * type must be available too, because the next apply can destroy the server.
   */
  preconditionOf(name: string): Precondition {
    const node = this.nodes[name];
    if (node === undefined) throw new Error(`no node is called ${name}`);
    const { type, location, hostname } = node;
    const available = `anytrue([for each in data.hcloud_server_type.${type}.locations : each.available if each.name == ${quoted(location)}])`;
    const problem = `Hetzner can't provide a ${type} in ${location} at present`;
    const types =
      'hcloud server-type list shows the types; hcloud server-type describe TYPE shows under locations where a type is available.';
    if (isUnprotected(node))
      return {
        condition: expression(`contains(var.without_successor, ${quoted(name)}) || ${available}`),
        errorMessage: literal(
          `${problem}, and this plan removes the deletion protection of ${name}: once the server is destroyed, it can't be replaced. Wait, set another type for the node, or apply with -var='without_successor=["${name}"]'. ${types}`,
        ),
      };
    // Also compares the address, because an existing server keeps another name until the apply.
    const isIt = isDocumentation(node.address)
      ? `each.name == ${quoted(hostname)}`
      : `each.name == ${quoted(hostname)} || each.ipv4_address == ${quoted(node.address)}`;
    return {
      condition: expression(
        `anytrue([for each in data.hcloud_servers.present.servers : ${isIt}]) || ${available}`,
      ),
      errorMessage: literal(
        `${problem}, and the server ${hostname} does not exist yet. Terraform made no plan. Wait, or set another type or location. ${types}`,
      ),
    };
  }
}

function isUnprotected({ deleteProtection }: Model['nodes'][string]): boolean {
  return deleteProtection === false;
}
