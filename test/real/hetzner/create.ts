import { createHash } from 'node:crypto';
import type { Answers } from './answers';
import { serverType } from './catalog';
import { Refusal } from './error';
import { existing, type Project, refuseSameName, type Server } from './project';

/** What a request holds. */
export type Body = Readonly<Record<string, unknown>>;

/** What makes a resource of each collection. The answer has the actions that the documentation shows for it. */
export const creations: Readonly<Record<string, (project: Project, answers: Answers, body: Body) => object>> =
  {
    servers: (project, answers, body) => {
      const server = createServer(project, body);
      return {
        server: answers.server(server),
        action: action(project, 'create_server'),
        next_actions: [action(project, 'start_server')],
        root_password: null,
      };
    },
    primary_ips: (project, answers, body) => {
      refuseSameName(project.primaryIps, String(body['name']));
      const ip = assignNewAddress(project, body, null);
      return { primary_ip: answers.primaryIp(ip), action: null };
    },
    firewalls: (project, answers, body) => {
      const made = {
        ...named(project, project.firewalls, body),
        rules: rulesOf(body),
        servers: [] as number[],
      };
      project.firewalls.set(made.id, made);
      return { firewall: answers.firewall(made), actions: [action(project, 'set_firewall_rules')] };
    },
    networks: (project, answers, body) => {
      const ipRange = String(body['ip_range']);
      const made = {
        ...named(project, project.networks, body),
        ...{ ipRange, subnets: [], protection: { delete: false } },
      };
      project.networks.set(made.id, made);
      return { network: answers.network(made) };
    },
    placement_groups: (project, answers, body) => {
      const made = { ...named(project, project.placementGroups, body), type: String(body['type']) };
      project.placementGroups.set(made.id, made);
      return { placement_group: answers.placementGroup(made), action: null };
    },
    ssh_keys: (project, answers, body) => {
      const publicKey = String(body['public_key']);
      const hash = createHash('md5')
        .update(publicKey.split(' ')[1] ?? '')
        .digest('hex');
      const fingerprint = hash.match(/../g)?.join(':') ?? '';
      if ([...project.sshKeys.values()].some((key) => key.fingerprint === fingerprint))
        throw new Refusal(409, 'uniqueness_error', 'SSH key with the same fingerprint already exists');
      const made = { ...named(project, project.sshKeys, body), publicKey, fingerprint };
      project.sshKeys.set(made.id, made);
      return { ssh_key: answers.sshKey(made) };
    },
  };

/** An action that is over when it is answered. @see https://docs.hetzner.cloud/reference/cloud#actions */
export function action(project: Project, command: string): object {
  const at = '2026-01-02T03:04:05+00:00';
  return {
    ...{ id: project.nextId(), command, status: 'success', progress: 100, started: at, finished: at },
    ...{ error: null, resources: [] },
  };
}

/** @see https://docs.hetzner.cloud/reference/cloud#servers-create-a-server */
function createServer(project: Project, body: Body): Server {
  const type = serverType(String(body['server_type']));
  if (type === undefined) throw new Refusal(422, 'invalid_input', 'server type does not exist');
  if (String(body['user_data'] ?? '').length > 32_768)
    throw new Refusal(422, 'invalid_input', "invalid input in field 'user_data': user_data is too long");
  const server: Server = {
    ...named(project, project.servers, body),
    ...{ status: 'running', serverType: type.name, primaryDiskSize: type.disk, image: 161_547_269 },
    ...{ location: String(body['location'] ?? 'nbg1'), backupWindow: null, networks: [] },
    ...{ protection: { delete: false, rebuild: false } },
    placementGroup: body['placement_group'] === undefined ? null : Number(body['placement_group']),
  };
  const publicNet = (body['public_net'] ?? { enable_ipv4: true, enable_ipv6: true }) as Body;
  const address =
    publicNet['ipv4'] === undefined ? undefined : existing(project.primaryIps, publicNet['ipv4']);
  if (address && address.location !== server.location)
    throw new Refusal(422, 'invalid_input', 'primary IP is in another location than the server');
  project.servers.set(server.id, server);
  for (const each of (body['firewalls'] ?? []) as readonly Body[])
    existing(project.firewalls, each['firewall']).servers.push(server.id);
  if (address) address.assignee = server.id;
  else if (publicNet['enable_ipv4'] === true)
    assignNewAddress(project, { type: 'ipv4', location: server.location, auto_delete: true }, server.id);
  if (publicNet['enable_ipv6'] === true)
    assignNewAddress(project, { type: 'ipv6', location: server.location, auto_delete: true }, server.id);
  return server;
}

function assignNewAddress(project: Project, body: Body, assignee: number | null) {
  const id = project.nextId();
  const type = body['type'] === 'ipv6' ? ('ipv6' as const) : ('ipv4' as const);
  const made = {
    ...{ id, type, ip: project.nextAddress(type), assignee, dnsPtr: null },
    ...{ name: String(body['name'] ?? `primary_ip-${id}`), labels: labelsOf(body) },
    ...{ location: String(body['location'] ?? 'nbg1'), autoDelete: body['auto_delete'] === true },
    protection: { delete: false },
  };
  project.primaryIps.set(id, made);
  return made;
}

function named(
  project: Project,
  resources: ReadonlyMap<number, { name: string; id: number; labels: Readonly<Record<string, string>> }>,
  body: Body,
) {
  const name = String(body['name']);
  refuseSameName(resources, name);
  return { id: project.nextId(), name, labels: labelsOf(body) };
}

function labelsOf(body: Body): Readonly<Record<string, string>> {
  return (body['labels'] ?? {}) as Readonly<Record<string, string>>;
}

/** @see https://docs.hetzner.cloud/reference/cloud#firewall-actions-set-rules */
export function rulesOf(body: Body): object[] {
  return ((body['rules'] ?? []) as readonly Body[]).map((rule) => ({
    ...{ direction: rule['direction'], protocol: rule['protocol'], port: rule['port'] ?? null },
    ...{ source_ips: rule['source_ips'] ?? [], destination_ips: rule['destination_ips'] ?? [] },
    description: rule['description'] ?? null,
  }));
}
