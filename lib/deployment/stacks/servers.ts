import { TerraformDataSource, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { NetworkSubnet } from '../../../imports/providers/hcloud/network-subnet';
import { PrimaryIp } from '../../../imports/providers/hcloud/primary-ip';
import { Rdns } from '../../../imports/providers/hcloud/rdns';
import { Server } from '../../../imports/providers/hcloud/server';
import type { Model } from '../model/model';
import { expression, literal, quoted } from './literal';

/** The resources that all servers share. */
export interface ServerDependencies {
  readonly placementGroupId: number;
  /** SSH keys for root, set when a server is created. An existing server keeps its keys. */
  readonly sshKeys: string[];
  readonly network: { readonly id: number; readonly subnet: NetworkSubnet } | undefined;
  /** Whether the nodes connect to each other by their private addresses. */
  readonly isPrivate: boolean;
  /** Labels at Hetzner. If undefined, an imported resource keeps its labels. */
  readonly labels: Readonly<Record<string, string>> | undefined;
}

export interface NodeServerProps {
  /** The name of the node in the configuration and in Terraform's addresses. */
  readonly name: string;
  readonly node: Model['nodes'][string];
  readonly surroundings: ServerDependencies;
  readonly firewallId: number;
  /** The user-data for the first start. Later changes have no effect on the server. */
  readonly userData: string | undefined;
  /** A condition that must be true before Terraform plans the server. */
  readonly precondition: { readonly condition: string; readonly errorMessage: string };
  /** The ids of existing resources to import. */
  readonly adopt: { readonly server: string | undefined; readonly primaryIp: string | undefined };
}

/**
 * Arguments that a server reads only at its first start. Changes of these arguments are ignored, because
 * Terraform would replace the server, and with it the etcd member and Redis's volume. The node script applies
 * changes to an existing server over SSH.
 */
const firstStart = ['user_data', 'ssh_keys'];

/**
 * Arguments that the provider can't read from an imported server. Changes of these arguments are ignored,
 * because the provider would replace the server, power it off or fail.
 */
const adoptedServer = [...firstStart, 'image', 'location', 'public_net', 'placement_group_id', 'network'];

/** A server and its public address, which is a separate resource. */
export class NodeServer extends Construct {
  /** The public IPv4 address of the server. Hetzner chooses the address of a new server. */
  readonly address: string;

  constructor(scope: Construct, props: NodeServerProps) {
    const { name, node, surroundings, userData, adopt, precondition } = props;
    super(scope, name);
    const primaryIp = this.addPrimaryIp(props);
    this.address = adopt.server === undefined ? primaryIp.ipAddress : node.address;
    const isProtected = node.deleteProtection ?? true;
    const server = new Server(this, `hcloud_server.${name}`, {
      name: node.hostname,
      serverType: node.type,
      location: node.location,
      image: node.image,
      firewallIds: [props.firewallId],
      placementGroupId: surroundings.placementGroupId,
      ...(adopt.server === undefined ? { sshKeys: surroundings.sshKeys } : {}),
      publicNet: [{ ipv4Enabled: true, ipv4: Token.asNumber(primaryIp.id), ipv6Enabled: false }],
      ...this.network(props),
      ...(userData === undefined ? {} : { userData }),
      ...(node.backups === undefined ? {} : { backups: node.backups }),
      ...(surroundings.labels === undefined ? {} : { labels: surroundings.labels }),
      // Hetzner requires the same value for delete and rebuild protection.
      deleteProtection: isProtected,
      rebuildProtection: isProtected,
      lifecycle: { preventDestroy: true, ignoreChanges: firstStart, precondition: [precondition] },
    });
    if (adopt.server === undefined) return;
    server.importFrom(adopt.server);
    server.lifecycle = {
      preventDestroy: true,
      ignoreChanges: [
        ...adoptedServer,
        // Ignored unless the configuration sets backups: if backups are turned off, Hetzner deletes all
        // backups of the server.
        ...(node.backups === undefined ? ['backups'] : []),
        ...(surroundings.labels === undefined ? ['labels'] : []),
      ],
      precondition: [precondition],
      postcondition: [isAt('ipv4_address', name, node.address, 'server')],
    };
    this.requireAttachment(props, adopt.server);
  }

  /**
   * With private cluster addresses, the firewall has no rules for the nodes' public addresses, so the plan
   * must fail if a server is not in the network. A data source checks that, because the imported resource
   * doesn't contain its networks.
   */
  private requireAttachment({ name, node, surroundings }: NodeServerProps, id: string): void {
    const { privateAddress } = node;
    if (!surroundings.isPrivate || privateAddress === undefined) return;
    const server = new TerraformDataSource(this, `data.hcloud_server.${name}`, {
      terraformResourceType: 'hcloud_server',
      lifecycle: {
        postcondition: [
          {
            condition: expression(
              `contains([for each in self.network : each.ip], ${quoted(privateAddress)})`,
            ),
            errorMessage: literal(
              `${name}'s server has no address ${privateAddress} in a private network, so the firewall would cut it off from the other nodes. Attach it (hcloud server attach-to-network), or set cluster.nodeAddresses to public.`,
            ),
          },
        ],
      },
    });
    server.addOverride('id', id);
  }

  private addPrimaryIp({ name, node, surroundings: { labels }, adopt }: NodeServerProps): PrimaryIp {
    const primaryIp = new PrimaryIp(this, `hcloud_primary_ip.${name}`, {
      name,
      type: 'ipv4',
      location: node.location,
      autoDelete: false,
      deleteProtection: node.deleteProtection ?? true,
      ...(labels === undefined ? {} : { labels }),
      lifecycle: { preventDestroy: true },
    });
    if (adopt.primaryIp !== undefined) {
      primaryIp.importFrom(adopt.primaryIp);
      primaryIp.lifecycle = {
        preventDestroy: true,
        ...(labels === undefined ? { ignoreChanges: ['labels'] } : {}),
        postcondition: [isAt('ip_address', name, node.address, 'primary IP')],
      };
    }
    if (node.reverseDns !== undefined) {
      new Rdns(this, `hcloud_rdns.${name}`, {
        primaryIpId: Token.asNumber(primaryIp.id),
        ipAddress: primaryIp.ipAddress,
        dnsPtr: node.reverseDns,
      });
    }
    return primaryIp;
  }

  private network({ node, surroundings: { network } }: NodeServerProps) {
    if (network === undefined || node.privateAddress === undefined) return {};
    // aliasIps is set to an empty list, because otherwise every plan shows a difference (hcloud #650).
    return {
      network: [{ networkId: network.id, ip: node.privateAddress, aliasIps: [] }],
      dependsOn: [network.subnet],
    };
  }
}

/** Checks that ids were not swapped: the id of another node's resource would be imported without an error. */
function isAt(attribute: string, name: string, address: string, what: string) {
  return {
    condition: expression(`self.${attribute} == ${quoted(address)}`),
    errorMessage: literal(
      `This is not ${name}'s ${what}: according to the configuration its address is ${address}. Correct its id under adopt.`,
    ),
  };
}
