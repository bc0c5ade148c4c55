import { describeValues } from '../../../analysis/impact/changes';
import type { Deployment } from '../../../deployment/config/schema/schema';
import type { HetznerProject } from '../../hetzner/project';
import type { HetznerResource, HetznerServer } from '../../hetzner/resources';
import type { LastWriter, LiveDifference, UndescribedThing } from '../source';
import { plainText, type SurveyPart } from '../survey';
import { serverAt } from './node-servers';

/** A node and the server that runs it. */
interface RunningNode {
  readonly name: string;
  readonly node: Deployment['nodes'][string];
  readonly server: HetznerServer;
}

/**
 * Servers that are not in the configuration, and settings of the other servers that differ from the configuration
 * or are missing there.
 */
export async function surveyServers(project: HetznerProject, deployment: Deployment): Promise<SurveyPart> {
  const servers = await project.list('servers');
  const running = Object.entries(deployment.nodes).flatMap(([name, node]): RunningNode[] => {
    const server = serverAt(servers, node);
    return server === undefined ? [] : [{ name, node, server }];
  });
  const known = new Set(running.map(({ server }) => server.id));
  return {
    undescribed: [
      ...servers.filter(({ id }) => !known.has(id)).map(otherServer),
      ...running.flatMap(factsOf),
      ...unstatedBackups(running),
      ...unstatedLabels(running, deployment),
    ],
    differences: running.flatMap((each) => settingsOf(each, deployment)),
  };
}

/** The time at which a resource was created. Hetzner's API does not have the creator. */
export function creationOf({ created }: HetznerResource): LastWriter {
  return { name: 'created', time: created };
}

/** The argument of a command for a resource: its name if the name needs no quoting, and otherwise its id. */
export function resourceArgument({ id, name }: Pick<HetznerResource, 'id' | 'name'>): string {
  return /^[\w.-]+$/.test(name) && !name.startsWith('-') ? name : String(id);
}

function otherServer(server: HetznerServer): UndescribedThing {
  const { id, name, server_type: type, location, image, public_net: net } = server;
  const node = [
    `address: ${net.ipv4?.ip ?? '<its IPv4 address>'}`,
    `hostname: ${name}`,
    `type: ${type.name}`,
    `location: ${location.name}`,
    `image: ${image?.name ?? '<its image>'}`,
  ];
  return {
    name: `server ${name} (${type.name}, ${net.ipv4?.ip ?? 'without IPv4'})`,
    writtenBy: creationOf(server),
    entry: `nodes.${name}: { ${node.join(', ')} } and adopt.servers.${name}: "${id}"`,
    command: `hcloud server delete ${resourceArgument(server)}`,
  };
}

/** Properties that an apply does not change on an adopted server, so the configuration must have the same values. */
function factsOf({ name, node, server }: RunningNode): UndescribedThing[] {
  const facts = [
    ['type', node.type, server.server_type.name],
    ['location', node.location, server.location.name],
    ['image', node.image, server.image?.name ?? node.image],
  ] as const;
  return facts
    .filter(([, stated, live]) => stated !== live)
    .map(([key, stated, live]) => ({
      name: `${key} ${live} of server ${server.name} is ${stated} in nodes.${name}`,
      writtenBy: creationOf(server),
      entry: `nodes.${name}.${key}: ${live}`,
    }));
}

function unstatedBackups(running: readonly RunningNode[]): UndescribedThing[] {
  const backedUp = running.filter(({ node, server }) => node.backups === undefined && server.backup_window);
  if (backedUp.length === 0) return [];
  return [
    {
      name: `backups of the ${listOf(backedUp)}`,
      entry: backedUp.map(({ name }) => `nodes.${name}.backups: true`).join(', '),
      command: `${commands(backedUp, 'disable-backup')} (it also deletes the backups)`,
    },
  ];
}

/** Labels that Hetzner reserves. The configuration can't set them. */
const reserved = /(^|\.)hetzner\.cloud\//;

function unstatedLabels(running: readonly RunningNode[], { hetzner }: Deployment): UndescribedThing[] {
  if (hetzner?.labels !== undefined) return [];
  const labels = new Map<string, RunningNode[]>();
  for (const each of running)
    for (const [key, value] of Object.entries(each.server.labels))
      if (!reserved.test(key))
        labels.set(`${key}=${value}`, [...(labels.get(`${key}=${value}`) ?? []), each]);
  return [...labels].map(([label, nodes]) => {
    const [key = '', value = ''] = label.split('=');
    return {
      name: `label ${label} of the ${listOf(nodes)}`,
      entry: `hetzner.labels: { ${key}: ${JSON.stringify(value)} }, which all resources get`,
      command: commands(nodes, 'remove-label', key),
    };
  });
}

/** A setting, with its value at Hetzner and its value in the configuration. */
type Setting = readonly [field: string, live: SettingValue, stated: SettingValue];
type SettingValue = string | boolean | undefined;

/** The settings that the next apply changes in place. */
function settingsOf({ node, server }: RunningNode, { hetzner }: Deployment): LiveDifference[] {
  const isProtected = node.deleteProtection ?? true;
  const settings: Setting[] = [
    ['name', server.name, node.hostname],
    ['delete_protection', server.protection.delete, isProtected],
    ['rebuild_protection', server.protection.rebuild, isProtected],
  ];
  if (node.backups !== undefined) settings.push(['backups', server.backup_window !== null, node.backups]);
  if (hetzner?.labels !== undefined)
    for (const key of new Set([...Object.keys(server.labels), ...Object.keys(hetzner.labels)]))
      if (!reserved.test(key)) settings.push([`labels.${key}`, server.labels[key], hetzner.labels[key]]);
  return settings
    .filter(([, live, stated]) => live !== stated)
    .map(([field, live, stated]) => ({
      name: `server ${plainText(server.name)}`,
      field,
      values: describeValues(live, stated),
    }));
}

function listOf(running: readonly RunningNode[]): string {
  const names = running.map(({ server }) => server.name);
  return names.length === 1 ? `server ${names[0]}` : `servers ${names.join(', ')}`;
}

function commands(running: readonly RunningNode[], action: string, ...words: readonly string[]): string {
  return running
    .map(({ server }) => ['hcloud server', action, resourceArgument(server), ...words].join(' '))
    .join(' && ');
}
