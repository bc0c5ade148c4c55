import { TerraformDataSource, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { NetworkSubnet } from '../../../imports/providers/hcloud/network-subnet';
import { PrimaryIp } from '../../../imports/providers/hcloud/primary-ip';
import { Rdns } from '../../../imports/providers/hcloud/rdns';
import { Server } from '../../../imports/providers/hcloud/server';
import type { Model } from '../model/model';
import { expression, literal, quoted } from './literal';

/** What a server stands in. */
export interface ServerDependencies {
  readonly placementGroupId: number;
  /** Whose owners log on as root to a server that is made; one that runs has its keys. */
  readonly sshKeys: string[];
  readonly network: { readonly id: number; readonly subnet: NetworkSubnet } | undefined;
  /** Whether the nodes talk by their addresses in that network. */
  readonly isPrivate: boolean;
  /** Hetzner's own labels; undefined leaves those of an adopted resource as they are. */
  readonly labels: Readonly<Record<string, string>> | undefined;
}

export interface NodeServerProps {
  /** The node's name in the configuration, by which Terraform addresses all of it. */
  readonly name: string;
  readonly node: Model['nodes'][string];
  readonly surroundings: ServerDependencies;
  readonly firewallId: number;
  /** What cloud-init runs at the server's first start; a change of it changes nothing. */
  readonly userData: string | undefined;
  /** What must hold before the server is planned. */
  readonly precondition: { readonly condition: string; readonly errorMessage: string };
  /** The ids of what exists already. */
  readonly adopt: { readonly server: string | undefined; readonly primaryIp: string | undefined };
}

/**
 * What a server reads at its first start alone, and what would replace it afterwards: with the server go etcd's member
 * and Redis's volume. Every change of the configuration is a change of the script, which reaches a server over SSH.
 */
const firstStart = ['user_data', 'ssh_keys'];

/** What makes a provider replace, power off or refuse a server that it did not make: it reads none of these back as it was written. */
const adoptedServer = [...firstStart, 'image', 'location', 'public_net', 'placement_group_id', 'network'];

/** A server, and the public address that outlives it. */
export class NodeServer extends Construct {
  /** The server's public IPv4 address: known of one that runs, and Hetzner's to choose of one that is made. */
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
      // Hetzner takes both or none.
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
        // Without backups the provider deletes all of their images.
        ...(node.backups === undefined ? ['backups'] : []),
        ...(surroundings.labels === undefined ? ['labels'] : []),
      ],
      precondition: [precondition],
      postcondition: [isAt('ipv4_address', name, node.address, 'server')],
    };
    this.requireAttachment(props, adopt.server);
  }

  /**
   * A cluster that talks over the private network has no rule left for its public addresses: a plan that finds a server
   * outside of that network must not go on. The resource doesn't tell, because an import reads no networks.
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
    // Without the empty list the provider finds a difference on every plan (hcloud #650).
    return {
      network: [{ networkId: network.id, ip: node.privateAddress, aliasIps: [] }],
      dependsOn: [network.subnet],
    };
  }
}

/** Ids are easily mixed up, and the one of another node imports as well. */
function isAt(attribute: string, name: string, address: string, what: string) {
  return {
    condition: expression(`self.${attribute} == ${quoted(address)}`),
    errorMessage: literal(
      `This is not ${name}'s ${what}: the configuration states ${address} as its address. Correct the id that is imported.`,
    ),
  };
}
