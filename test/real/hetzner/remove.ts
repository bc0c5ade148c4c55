import { Refusal } from './error';
import { existing, type Project } from './project';

/** What deletes a resource of each collection, and whether the answer has an action. */
export const removals: Readonly<Record<string, (project: Project, id: number) => boolean>> = {
  /** @see https://docs.hetzner.cloud/reference/cloud#servers-delete-a-server */
  servers: (project, id) => {
    refuseProtected(existing(project.servers, id).protection, 'server');
    for (const ip of project.primaryIps.values()) {
      if (ip.assignee !== id) continue;
      ip.assignee = null;
      if (ip.autoDelete && !ip.protection.delete) project.primaryIps.delete(ip.id);
    }
    for (const firewall of project.firewalls.values())
      firewall.servers = firewall.servers.filter((server) => server !== id);
    return project.servers.delete(id);
  },
  /** @see https://docs.hetzner.cloud/reference/cloud#primary-ips-delete-a-primary-ip */
  primary_ips: (project, id) => {
    const { protection, assignee } = existing(project.primaryIps, id);
    refuseProtected(protection, 'primary IP');
    if (assignee !== null) throw new Refusal(422, 'must_be_unassigned', 'primary IP must be unassigned');
    project.primaryIps.delete(id);
    return false;
  },
  firewalls: (project, id) => {
    if (existing(project.firewalls, id).servers.length > 0) throw inUse('firewall');
    project.firewalls.delete(id);
    return false;
  },
  networks: (project, id) => {
    refuseProtected(existing(project.networks, id).protection, 'network');
    project.networks.delete(id);
    return false;
  },
  placement_groups: (project, id) => {
    existing(project.placementGroups, id);
    if ([...project.servers.values()].some((server) => server.placementGroup === id))
      throw inUse('placement group');
    project.placementGroups.delete(id);
    return false;
  },
  ssh_keys: (project, id) => {
    existing(project.sshKeys, id);
    project.sshKeys.delete(id);
    return false;
  },
};

/** @see https://docs.hetzner.cloud/reference/cloud#errors the code `protected` */
function refuseProtected({ delete: isProtected }: { readonly delete: boolean }, what: string): void {
  if (isProtected) throw new Refusal(403, 'protected', `${what} deletion is protected`);
}

function inUse(what: string): Refusal {
  return new Refusal(422, 'resource_in_use', `${what} is still in use`);
}
