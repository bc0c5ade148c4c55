import type { HetznerOptions } from '../../../../lib/operations/hetzner/project';
import { type HetznerApi, type HetznerApiOptions, startHetznerApi } from '../../../real/hetzner/api';
import { Project, type Server } from '../../../real/hetzner/project';
import { nodes } from './asking';

export const hetznerToken = 'h'.repeat(64);

/** A project with production's servers: 101 to 103, their addresses 201 to 203, and the firewall 7 that is applied to them. */
export function runningProject(): Project {
  const project = new Project();
  for (const [index, { hostname, address }] of nodes.entries()) {
    const id = 101 + index;
    const server: Server = {
      ...{ id, name: hostname, labels: {}, status: 'running', serverType: 'cx33', location: 'nbg1' },
      ...{ image: 1, primaryDiskSize: 80, backupWindow: null, placementGroup: null, networks: [] },
      protection: { delete: false, rebuild: false },
    };
    project.servers.set(id, server);
    project.primaryIps.set(201 + index, {
      ...{ id: 201 + index, name: `primary_ip-${index}`, labels: {}, ip: address, type: 'ipv4' },
      ...{ location: 'nbg1', assignee: id, autoDelete: true, protection: { delete: false }, dnsPtr: null },
    });
  }
  project.firewalls.set(7, {
    ...{ id: 7, name: 'firewall-1', labels: {}, rules: [], servers: [101, 102, 103] },
  });
  return project;
}

/** Runs `use` with the API of a project on loopback, and with how a source reaches it. */
export async function withHetzner(
  project: Project,
  use: (options: HetznerOptions, api: HetznerApi) => Promise<unknown>,
  answer?: HetznerApiOptions['answer'],
): Promise<void> {
  const api = await startHetznerApi(project, { token: hetznerToken, ...(answer && { answer }) });
  try {
    await use({ endpoint: api.endpoint, sleep: async () => undefined }, api);
    expect([api.unknown, api.writes]).toEqual([[], []]);
  } finally {
    await api.close();
  }
}
