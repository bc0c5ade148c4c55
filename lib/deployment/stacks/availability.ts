import { TerraformDataSource, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { isDocumentation } from '../../documents/cidr';
import type { Model } from '../model/model';
import { expression, literal, quoted } from './literal';

/** What must hold before Terraform plans a server. */
interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * Whether Hetzner can provide the servers. It has types that can't be ordered for weeks, also such that are not deprecated: a server that is
 * destroyed by then has no successor.
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
    // All of the project: which of them are there decides what the plan must ask.
    const present = new TerraformDataSource(this, 'data.hcloud_servers.present', {
      terraformResourceType: 'hcloud_servers',
    });
    // Without any argument cdktf leaves the block out.
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
      description: 'Nodes that may go although no server can be made in their place.',
      nullable: false,
      default: [],
    });
  }

  /**
   * A server that is not there yet must be one that can be had. So must one whose deletion is no longer protected: that apply is the last one
   * before it is destroyed.
   */
  preconditionOf(name: string): Precondition {
    const node = this.nodes[name];
    if (node === undefined) throw new Error(`no node is called ${name}`);
    const { type, location, hostname } = node;
    const available = `anytrue([for each in data.hcloud_server_type.${type}.locations : each.available if each.name == ${quoted(location)}])`;
    const problem = `Hetzner cannot provide a ${type} in ${location} at present`;
    const types =
      'hcloud server-type list shows the types; what is available where is in locations of hcloud server-type describe.';
    if (isUnprotected(node))
      return {
        condition: expression(`contains(var.without_successor, ${quoted(name)}) || ${available}`),
        errorMessage: literal(
          `${problem}, and ${name} would lose its protection: once it is destroyed, no server can be made in its place. Wait, state another type for its successor, or apply with -var='without_successor=["${name}"]'. ${types}`,
        ),
      };
    // By its address too: one that runs may have another name until the apply.
    const isIt = isDocumentation(node.address)
      ? `each.name == ${quoted(hostname)}`
      : `each.name == ${quoted(hostname)} || each.ipv4_address == ${quoted(node.address)}`;
    return {
      condition: expression(
        `anytrue([for each in data.hcloud_servers.present.servers : ${isIt}]) || ${available}`,
      ),
      errorMessage: literal(
        `${problem}, and there is no server ${hostname} yet. Nothing was planned. Wait, or state another type or location. ${types}`,
      ),
    };
  }
}

function isUnprotected({ deleteProtection }: Model['nodes'][string]): boolean {
  return deleteProtection === false;
}
