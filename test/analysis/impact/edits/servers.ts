import type { Output } from '../../../../lib/documents/output';
import { withConfiguration, withResource } from '../outputs';
import { type ProductionEdit, setting } from './production-edit';

const server = 'hcloud_server.hetzner2';
const unprotected = {
  in: 'servers that Terraform made, without any protection and ignore_changes',
  of: (output: Output) =>
    ['hetzner1', 'hetzner2', 'hetzner3'].reduce(
      (all, name) =>
        withResource(all, `hcloud_server.${name}`, (body) => {
          body['lifecycle'] = {};
          body['delete_protection'] = false;
          body['rebuild_protection'] = false;
        }),
      output,
    ),
};

const made = {
  in: 'a server that Terraform made, with prevent_destroy',
  of: (output: Output) =>
    withResource(output, server, (body) => {
      body['lifecycle'] = { prevent_destroy: true };
    }),
};

/** Changes of Hetzner's servers. */
export const servers: readonly ProductionEdit[] = [
  {
    title: "a node's type",
    comesTo: '1 restarts',
    edits: [['    type: cx33 # chapter 0, layer 0', '    type: cx43']],
  },
  {
    title: 'a cluster that is said not to have begun',
    comesTo: '1 exposed, 1 in place',
    edits: [['  initialised: true', '  initialised: false']],
  },
  {
    title: "a smaller node's type",
    comesTo: '1 fails',
    change: setting('hcloud_server.hetzner1', 'server_type', 'cx23'),
  },
  {
    title: "a node's architecture",
    comesTo: '1 fails',
    change: setting('hcloud_server.hetzner1', 'server_type', 'cax31'),
  },
  {
    title: "an adopted node's image",
    comesTo: '1 in place',
    change: setting('hcloud_server.hetzner1', 'image', 'ubuntu-26.04'),
  },
  {
    title: "a protected node's image",
    comesTo: '1 fails',
    given: made,
    change: setting(server, 'image', 'ubuntu-26.04'),
  },
  {
    title: "a node's image",
    comesTo: '1 replaced',
    given: unprotected,
    change: setting(server, 'image', 'ubuntu-26.04'),
  },
  {
    title: "a node's user-data",
    comesTo: '1 replaced',
    given: unprotected,
    change: setting(server, 'user_data', '#cloud-config'),
  },
  {
    title: "the image of the node with Redis's volume",
    comesTo: '1 lost',
    given: unprotected,
    change: setting('hcloud_server.hetzner1', 'image', 'ubuntu-26.04'),
  },
  {
    title: "every node's image",
    comesTo: '3 lost',
    given: unprotected,
    change: {
      in: 'every hcloud_server: image = "ubuntu-26.04"',
      of: (output) =>
        ['hetzner1', 'hetzner2', 'hetzner3'].reduce(
          (all, name) => setting(`hcloud_server.${name}`, 'image', 'ubuntu-26.04').of(all),
          output,
        ),
    },
  },
  {
    title: "a node's placement",
    comesTo: '1 fails',
    given: unprotected,
    change: setting(server, 'placement_group_id', 7),
  },
  {
    title: 'a renamed node',
    comesTo: '2 fails, 4 replaced, 1 exposed, 1 left behind, 25 in place',
    edits: [
      ['  hetzner2:\n    address', '  hetzner4:\n    address'],
      ['    hetzner2: *servers', '    hetzner4: *servers'],
      ['    hetzner2: *primaryIps', '    hetzner4: *primaryIps'],
      ['      hetzner2: *record', '      hetzner4: *record'],
    ],
  },
  {
    title: 'a node whose protection is taken off',
    comesTo: '2 exposed, 1 in place',
    edits: [
      ['    hostname: ubuntu-8gb-nbg1-1\n', '    hostname: ubuntu-8gb-nbg1-1\n    deleteProtection: false\n'],
    ],
  },
  {
    title: 'half of a protection',
    comesTo: '1 fails, 1 exposed',
    change: setting(server, 'rebuild_protection', false),
  },
  {
    title: 'a node less that is not protected',
    comesTo: '1 lost',
    given: unprotected,
    change: { in: `without ${server}`, of: (output) => withResource(output, server, () => 'gone') },
  },
  {
    title: "a node's image by what makes it anew while its deletion is protected",
    comesTo: '1 fails',
    given: {
      in: 'a server that Terraform made, without prevent_destroy',
      of: (output) =>
        withResource(output, server, (body) => {
          body['lifecycle'] = {};
        }),
    },
    change: setting(server, 'image', 'ubuntu-26.04'),
  },
  {
    title: 'backups that are taken away',
    comesTo: '1 lost',
    given: {
      in: 'a server with backups',
      of: (output) =>
        withResource(output, server, (body) => {
          body['lifecycle'] = { prevent_destroy: true };
          body['backups'] = true;
        }),
    },
    change: setting(server, 'backups', false),
  },
  {
    title: 'firewalls of a server that are no longer stated',
    comesTo: '1 in place',
    change: {
      in: `${server}: no firewall_ids`,
      of: (output) =>
        withResource(output, server, (body) => {
          delete body['firewall_ids'];
        }),
    },
  },
  {
    title: 'a node less',
    comesTo: '1 fails',
    change: { in: `without ${server}`, of: (output) => withResource(output, server, () => 'gone') },
  },
  {
    title: 'a node that Terraform is told has moved',
    comesTo: '1 in place',
    change: {
      in: 'a moved block from hetzner2 to node-b',
      of: (output) =>
        withConfiguration(output, (configuration) => {
          const bodies = configuration.resource['hcloud_server'] as Record<string, never>;
          const body = bodies['hetzner2'];
          delete bodies['hetzner2'];
          Object.assign(bodies, { 'node-b': body });
          Object.assign(configuration, { moved: [{ from: server, to: 'hcloud_server.node-b' }] });
        }),
    },
  },
];
