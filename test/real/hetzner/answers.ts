import { imageAnswer, locationAnswer, serverType, serverTypeAnswer } from './catalog';
import type { Firewall, Network, PlacementGroup, PrimaryIp, Project, Server, SshKey } from './project';

export const created = '2026-01-02T03:04:05+00:00';

/** How the API shows each kind of resource. */
export class Answers {
  constructor(private readonly project: Project) {}

  /** @see https://docs.hetzner.cloud/reference/cloud#servers-get-a-server */
  server(server: Server): object {
    const { id, name, status, labels, protection, backupWindow, primaryDiskSize } = server;
    const [ipv4, ipv6] = [this.project.addressOf(server, 'ipv4'), this.project.addressOf(server, 'ipv6')];
    const firewalls = [...this.project.firewalls.values()].filter((each) => each.servers.includes(id));
    const group = server.placementGroup && this.project.placementGroups.get(server.placementGroup);
    return {
      ...{ id, name, status, labels, created, protection, locked: false, rescue_enabled: false, iso: null },
      ...{ backup_window: backupWindow, primary_disk_size: primaryDiskSize, volumes: [], load_balancers: [] },
      ...{ included_traffic: 0, outgoing_traffic: 0, ingoing_traffic: 0 },
      server_type: serverTypeAnswer(server.serverType),
      location: locationAnswer(server.location),
      image: imageAnswer(serverType(server.serverType)?.architecture ?? 'x86'),
      placement_group: group ? this.placementGroup(group) : null,
      public_net: {
        ipv4: ipv4 && { id: ipv4.id, ip: ipv4.ip, blocked: false, dns_ptr: ipv4.dnsPtr ?? '' },
        ipv6: ipv6 && { id: ipv6.id, ip: ipv6.ip, blocked: false, dns_ptr: [] },
        floating_ips: [],
        firewalls: firewalls.map((each) => ({ id: each.id, status: 'applied' })),
      },
      private_net: server.networks.map(({ network, ip, aliasIps }, index) => ({
        ...{ network, ip, alias_ips: aliasIps, mac_address: `86:00:00:00:00:0${index}` },
      })),
    };
  }

  /** @see https://docs.hetzner.cloud/reference/cloud#primary-ips-get-a-primary-ip */
  primaryIp(address: PrimaryIp): object {
    const { id, name, labels, ip, type, location, assignee, autoDelete, protection, dnsPtr } = address;
    return {
      ...{ id, name, labels, ip, type, protection, created, blocked: false },
      ...{ assignee_id: assignee, assignee_type: 'server', auto_delete: autoDelete },
      dns_ptr: dnsPtr === null ? [] : [{ ip, dns_ptr: dnsPtr }],
      location: locationAnswer(location),
    };
  }

  /** @see https://docs.hetzner.cloud/reference/cloud#firewalls-get-a-firewall */
  firewall({ id, name, labels, rules, servers }: Firewall): object {
    const applied = servers.map((server) => ({ type: 'server', server: { id: server } }));
    return { id, name, labels, rules, created, applied_to: applied };
  }

  /** @see https://docs.hetzner.cloud/reference/cloud#networks-get-a-network */
  network({ id, name, labels, ipRange, subnets, protection }: Network): object {
    const servers = [...this.project.servers.values()].filter(({ networks }) =>
      networks.some(({ network }) => network === id),
    );
    return {
      ...{
        id,
        name,
        labels,
        subnets,
        protection,
        created,
        ip_range: ipRange,
        routes: [],
        load_balancers: [],
      },
      ...{ expose_routes_to_vswitch: false, servers: servers.map((server) => server.id) },
    };
  }

  /** @see https://docs.hetzner.cloud/reference/cloud#placement-groups-get-a-placementgroup */
  placementGroup({ id, name, labels, type }: PlacementGroup): object {
    const servers = [...this.project.servers.values()].filter((each) => each.placementGroup === id);
    return { id, name, labels, type, created, servers: servers.map((server) => server.id) };
  }

  /** @see https://docs.hetzner.cloud/reference/cloud#ssh-keys-get-an-ssh-key */
  sshKey({ id, name, labels, publicKey, fingerprint }: SshKey): object {
    return { id, name, labels, created, fingerprint, public_key: publicKey };
  }
}
