import { Lazy, TerraformOutput, Token } from 'cdktf';
import { Construct } from 'constructs';
import { Firewall } from '../../../imports/providers/hcloud/firewall';
import { Network } from '../../../imports/providers/hcloud/network';
import { NetworkSubnet } from '../../../imports/providers/hcloud/network-subnet';
import { PlacementGroup } from '../../../imports/providers/hcloud/placement-group';
import { HcloudProvider } from '../../../imports/providers/hcloud/provider';
import { SshKey } from '../../../imports/providers/hcloud/ssh-key';
import type { NodeRole } from '../../nodes/node-setup';
import { networkZones } from '../config/schema/locations';
import { isServer, roleOf } from '../config/schema/node-role';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import { madeNodes } from '../model/made-nodes';
import type { Model } from '../model/model';
import { nodeMetricsPorts } from '../model/scrape-targets';
import { Availability } from './availability';
import { firewallRules } from './firewall';
import * as kinds from './kinds';
import { expression, quoted } from './literal';
import { NodeServer, type ServerDependencies } from './servers';
import { userDataOfMade } from './user-data';
import type { Variables } from './variables';

export interface NodesProps {
  readonly model: Model;
  readonly hetzner: NonNullable<Model['hetzner']>;
  readonly variables: Variables;
}

/**
 * The servers and their networks at Hetzner. A server's address contains its name and no index, so adding or
 * removing a node doesn't affect the others.
 */
export class Nodes extends Construct {
  /** The public address of each node, by its name. */
  readonly addresses: ReadonlyMap<string, string>;

  constructor(
    scope: Construct,
    private readonly props: NodesProps,
  ) {
    super(scope, 'nodes');
    const { model } = props;
    new HcloudProvider(this, 'provider.hcloud', { token: this.token() });
    const firewall = new Firewall(this, 'hcloud_firewall.nodes', {
      name: `${model.namespace}-nodes`,
      ...this.labels,
    });
    this.import(firewall, ['firewall'], model.adopt?.firewall);
    const agentFirewall = this.agentFirewall();
    const surroundings = this.surroundings();
    const userData = userDataOfMade(this, model, props.variables);
    const availability = new Availability(this, model.nodes);
    const servers = Object.entries(model.nodes).map(([name, node]) => {
      const adopt = {
        server: this.adopted(['servers', name], model.adopt?.servers?.[name]),
        primaryIp: this.adopted(['primaryIps', name], model.adopt?.primaryIps?.[name]),
      };
      return [
        name,
        new NodeServer(this, {
          ...{ name, node, surroundings, adopt },
          firewallId: Token.asNumber((isServer(node) ? firewall : (agentFirewall ?? firewall)).id),
          userData: userData.get(name),
          precondition: availability.preconditionOf(name),
        }),
      ] as const;
    });
    this.addresses = new Map(servers.map(([name, { address }]) => [name, address]));
    firewall.putRule(this.rules('server'));
    agentFirewall?.putRule(this.rules('agent'));
    new TerraformOutput(this, 'output.addresses', {
      description: "The nodes' public addresses, to be copied to nodes.*.address in the configuration.",
      // A lazy value, because cdktf calls a deprecated function for a plain object, and Node 22 prints a
      // warning (DEP0044).
      value: Lazy.anyValue({ produce: () => Object.fromEntries(this.addresses) }),
    });
  }

  /** The labels of all resources that support them. */
  private get labels(): { readonly labels?: Record<string, string> } {
    const { labels } = this.props.hetzner;
    return labels === undefined ? {} : { labels };
  }

  private token(): string {
    const description = 'The Hetzner API token, with read and write access to the project.';
    return this.props.variables.secret('hcloud_token', description, kinds.hetznerToken);
  }

  /**
   * The firewall of the agents, which open fewer ports: they run no API server and no etcd. Undefined if all
   * nodes are servers.
   */
  private agentFirewall(): Firewall | undefined {
    const { model } = this.props;
    if (Object.values(model.nodes).every(isServer)) return undefined;
    return new Firewall(this, 'hcloud_firewall.agents', { name: `${model.namespace}-agents` });
  }

  private rules(role: NodeRole) {
    const { model, variables } = this.props;
    const { access, cluster } = model;
    const props = {
      cloudflareRanges: model.cloudflareRanges,
      operatorNetworks: variables.list(['access', 'networks'], access.networks, kinds.operatorNetworks),
      sshPorts: access.sshPorts,
      peers: { server: this.publicPeers('server'), agent: this.publicPeers('agent') },
      flannelBackend: cluster.flannelBackend,
      embeddedRegistry: cluster.embeddedRegistry,
      metricsPorts: nodeMetricsPorts(model),
    };
    return firewallRules(props, role);
  }

  /**
   * The public addresses of the nodes of a role, as sources of firewall rules; empty if the nodes use a
   * private network.
   */
  private publicPeers(role: NodeRole): string[] {
    const { nodes, cluster } = this.props.model;
    if (cluster.nodeAddresses !== 'public') return [];
    return [...this.addresses].flatMap(([name, address]) =>
      roleOf(nodes[name] ?? {}) === role ? [address] : [],
    );
  }

  private surroundings(): ServerDependencies {
    const { model } = this.props;
    const placementGroup = new PlacementGroup(this, 'hcloud_placement_group.nodes', {
      name: `${model.namespace}-nodes`,
      type: 'spread',
      ...this.labels,
    });
    this.import(placementGroup, ['placementGroup'], model.adopt?.placementGroup);
    return {
      placementGroupId: Token.asNumber(placementGroup.id),
      sshKeys: this.sshKeys(),
      network: this.network(),
      isPrivate: model.cluster.nodeAddresses === 'private',
      labels: this.props.hetzner.labels,
    };
  }

  /**
   * The SSH keys of new servers: without a key, Hetzner sends a root password by email. Existing servers keep
   * the keys that they have.
   */
  private sshKeys(): ServerDependencies['sshKeys'] {
    const { model, variables } = this.props;
    if (madeNodes(model).length === 0) return [];
    const { authorizedKeys } = model.access;
    const keys = isUnresolved(authorizedKeys)
      ? variables.asked(['access', 'authorizedKeys'], authorizedKeys.unresolved, kinds.sshPublicKeys)
      : `[${authorizedKeys.map(quoted).join(', ')}]`;
    const sshKey = new SshKey(this, 'hcloud_ssh_key.operator', {
      name: expression('substr(sha256(each.value), 0, 16)'),
      publicKey: expression('each.value'),
      ...this.labels,
    });
    // The keys of for_each are the SSH keys, not indices, so removing one SSH key doesn't affect the others.
    sshKey.addOverride('for_each', expression(`toset(${keys})`));
    return Token.asList(expression(`[for key in ${sshKey.terraformResourceType}.operator : key.id]`));
  }

  private network(): ServerDependencies['network'] {
    const { model, hetzner } = this.props;
    const [first] = Object.values(model.nodes);
    if (hetzner.privateNetwork === 'none' || first === undefined) return undefined;
    const { range, subnet } = hetzner.privateNetwork;
    const network = new Network(this, 'hcloud_network.nodes', {
      name: `${model.namespace}-nodes`,
      ipRange: range,
      ...this.labels,
      deleteProtection: true,
      lifecycle: { preventDestroy: true },
    });
    const networkId = Token.asNumber(network.id);
    const nodes = new NetworkSubnet(this, 'hcloud_network_subnet.nodes', {
      networkId,
      type: 'cloud',
      networkZone: networkZones[first.location],
      ipRange: subnet,
      lifecycle: { preventDestroy: true },
    });
    const id = this.import(network, ['privateNetwork'], model.adopt?.privateNetwork);
    if (id !== undefined) nodes.importFrom(`${id}-${subnet}`);
    return { id: networkId, subnet: nodes };
  }

  /** Imports an existing resource. The resource keeps its labels unless the configuration sets labels. */
  private import(
    resource: Firewall | Network | PlacementGroup,
    place: readonly string[],
    id: Resolvable<string> | undefined,
  ): string | undefined {
    const known = this.adopted(place, id);
    if (known === undefined) return undefined;
    resource.importFrom(known);
    if (this.props.hetzner.labels === undefined)
      resource.lifecycle = { ...resource.lifecycle, ignoreChanges: ['labels'] };
    return known;
  }

  private adopted(place: readonly string[], id: Resolvable<string> | undefined): string | undefined {
    return id === undefined ? undefined : this.props.variables.text(['adopt', ...place], id, kinds.hetznerId);
  }
}
