import { serverType } from './catalog';
import { action, type Body, rulesOf } from './create';
import { Refusal } from './error';
import { existing, type Firewall, type Network, type PrimaryIp, type Project, type Server } from './project';

/**
 * Does what an action of a resource does.
 *
 * @returns the answer
 * @throws Refusal for what the documentation says that the API refuses
 */
export function act(project: Project, collection: string, id: number, name: string, body: Body): object {
  const done = { action: action(project, name) };
  switch (collection) {
    case 'servers':
      actOnServer(project, existing(project.servers, id), name, body);
      return done;
    case 'primary_ips':
      actOnAddress(project, existing(project.primaryIps, id), name, body);
      return done;
    case 'networks':
      actOnNetwork(existing(project.networks, id), name, body);
      return done;
    case 'firewalls':
      actOnFirewall(existing(project.firewalls, id), name, body);
      return { actions: [done.action] };
    default:
      throw unknown(name);
  }
}

/** @see https://docs.hetzner.cloud/reference/cloud#server-actions */
function actOnServer(project: Project, server: Server, name: string, body: Body): void {
  switch (name) {
    case 'poweroff':
      server.status = 'off';
      return;
    case 'poweron':
      server.status = 'running';
      return;
    case 'change_type':
      changeType(server, body);
      return;
    case 'enable_backup':
      server.backupWindow = '22-02';
      return;
    case 'disable_backup':
      server.backupWindow = null;
      return;
    case 'change_protection': {
      const [deletion, rebuild] = [body['delete'], body['rebuild']].map(Boolean) as [boolean, boolean];
      if (deletion !== rebuild)
        throw new Refusal(422, 'invalid_input', 'delete and rebuild protection must be the same');
      server.protection = { delete: deletion, rebuild };
      return;
    }
    case 'add_to_placement_group':
      refuseRunning(server);
      server.placementGroup = existing(project.placementGroups, body['placement_group']).id;
      return;
    case 'remove_from_placement_group':
      refuseRunning(server);
      server.placementGroup = null;
      return;
    case 'attach_to_network':
      attach(server, existing(project.networks, body['network']), body);
      return;
    case 'change_alias_ips': {
      const attached = server.networks.find(({ network }) => network === body['network']);
      if (attached === undefined) throw new Refusal(422, 'invalid_input', 'server is not attached');
      attached.aliasIps = (body['alias_ips'] ?? []) as string[];
      return;
    }
    case 'detach_from_network':
      server.networks = server.networks.filter(({ network }) => network !== body['network']);
      return;
    default:
      throw unknown(name);
  }
}

function refuseRunning({ status }: Server): void {
  if (status !== 'off') throw new Refusal(409, 'server_not_stopped', 'server must be stopped');
}

function changeType(server: Server, body: Body): void {
  refuseRunning(server);
  const [old, now] = [serverType(server.serverType), serverType(String(body['server_type']))];
  if (now === undefined || now.architecture !== old?.architecture)
    throw new Refusal(422, 'invalid_server_type', 'server type has a different architecture');
  if (now.disk < server.primaryDiskSize)
    throw new Refusal(422, 'invalid_server_type', "new server type has a smaller disk than the server's");
  server.serverType = now.name;
  if (body['upgrade_disk'] === true) server.primaryDiskSize = now.disk;
  server.status = 'running';
}

function attach(server: Server, network: Network, body: Body): void {
  if (server.networks.some((each) => each.network === network.id))
    throw new Refusal(409, 'server_already_attached', 'server is already attached to this network');
  if (network.subnets.length === 0) throw new Refusal(403, 'no_subnet_available', 'no subnet available');
  if (body['ip'] === undefined) throw unknown('attach_to_network without an address');
  const aliasIps = (body['alias_ips'] ?? []) as string[];
  server.networks.push({ network: network.id, ip: String(body['ip']), aliasIps });
}

/** @see https://docs.hetzner.cloud/reference/cloud#primary-ip-actions */
function actOnAddress(project: Project, address: PrimaryIp, name: string, body: Body): void {
  switch (name) {
    case 'change_protection':
      address.protection = { delete: body['delete'] === true };
      return;
    case 'change_dns_ptr':
      address.dnsPtr = body['dns_ptr'] === null ? null : String(body['dns_ptr']);
      return;
    case 'assign':
      refuseRunning(existing(project.servers, body['assignee_id']));
      address.assignee = Number(body['assignee_id']);
      return;
    case 'unassign':
      if (address.assignee !== null) refuseRunning(existing(project.servers, address.assignee));
      address.assignee = null;
      return;
    default:
      throw unknown(name);
  }
}

/** @see https://docs.hetzner.cloud/reference/cloud#network-actions */
function actOnNetwork(network: Network, name: string, body: Body): void {
  switch (name) {
    case 'add_subnet': {
      const gateway = network.ipRange.replace(/\.\d+\/\d+$/, '.1');
      const [type, range, zone] = [body['type'], body['ip_range'], body['network_zone']].map(String);
      network.subnets.push({ type: type ?? '', ip_range: range ?? '', network_zone: zone ?? '', gateway });
      return;
    }
    case 'change_protection':
      network.protection = { delete: body['delete'] === true };
      return;
    default:
      throw unknown(name);
  }
}

/** @see https://docs.hetzner.cloud/reference/cloud#firewall-actions */
function actOnFirewall(firewall: Firewall, name: string, body: Body): void {
  const serversOf = (list: unknown) =>
    (list as readonly { readonly server: { readonly id: number } }[]).map(({ server }) => server.id);
  switch (name) {
    case 'set_rules':
      firewall.rules = rulesOf(body);
      return;
    case 'apply_to_resources': {
      const added = serversOf(body['apply_to']);
      if (added.some((id) => firewall.servers.includes(id)))
        throw new Refusal(409, 'firewall_already_applied', 'firewall was already applied');
      firewall.servers.push(...added);
      return;
    }
    case 'remove_from_resources': {
      const removed = serversOf(body['remove_from']);
      firewall.servers = firewall.servers.filter((id) => !removed.includes(id));
      return;
    }
    default:
      throw unknown(name);
  }
}

/** What no test has needed yet must not look like an answer of Hetzner's. */
function unknown(name: string): Error {
  return new Error(`the stand-in does not know ${name}`);
}
