import type { Output } from '../../../../lib/documents/output';
import { fields, withConfiguration, withResource } from '../outputs';
import { type ProductionEdit, setting } from './production-edit';

type Fields = Parameters<Parameters<typeof withResource>[2]>[0];

const volumes = (body: object) => (output: Output) =>
  withConfiguration(output, ({ resource }) => {
    Object.assign(resource, { hcloud_volume: { data: { name: 'data', size: 20, ...body } } });
  });

const custom = 'cloudflare_ruleset.http_request_firewall_custom';

const rule = (words: string, change: (rules: Fields[]) => void) => ({
  in: `${custom}: ${words}`,
  of: (output: Output) =>
    withResource(output, custom, (body) => change(body['rules'] as unknown as Fields[])),
});

/** Changes of Terraform's side that look harmless: none of an argument that a provider replaces a resource for. */
export const terraform: readonly ProductionEdit[] = [
  {
    title: 'a ruleset of another name',
    comesTo: '1 replaced',
    given: {
      in: `${custom} that Terraform made`,
      of: (output) =>
        withResource(output, custom, (body) => {
          delete body['lifecycle'];
        }),
    },
    change: setting(custom, 'name', 'default'),
  },
  {
    title: 'a ruleset of another name and with other rules',
    comesTo: '1 replaced, 1 cut off',
    given: {
      in: `${custom} that Terraform made`,
      of: (output) =>
        withResource(output, custom, (body) => {
          delete body['lifecycle'];
        }),
    },
    change: {
      in: `${custom}: another name, and nodes_unlimited is disabled`,
      of: (output) =>
        withResource(output, custom, (body) => {
          body['name'] = 'default';
          fields(body, 'rules', 0)['enabled'] = false;
        }),
    },
  },
  {
    title: "an adopted ruleset's name",
    comesTo: '1 in place',
    change: setting(custom, 'name', 'other'),
  },
  {
    title: 'a rule under another ref',
    comesTo: '1 in place',
    change: rule('nodes_unlimited is called exempt', (rules) => {
      fields({ rules } as never, 'rules', 0)['ref'] = 'exempt';
    }),
  },
  {
    title: "a record's name in another spelling",
    comesTo: 'nothing',
    change: setting('cloudflare_dns_record.api_myhoneydue_com_hetzner1', 'name', 'API.myhoneydue.com.'),
  },
  {
    title: "a record's name without its zone",
    comesTo: 'nothing',
    change: setting('cloudflare_dns_record.myhoneydue_com_hetzner1', 'name', '@'),
  },
  {
    title: 'a record of another type',
    comesTo: '1 replaced, 1 cut off',
    change: setting('cloudflare_dns_record.api_myhoneydue_com_hetzner1', 'type', 'AAAA'),
  },
  {
    title: 'settings that the provider can not delete',
    comesTo: '2 left behind',
    change: {
      in: 'neither cloudflare_zone_setting.ssl nor cloudflare_bot_management.zone',
      of: (output) =>
        withResource(
          withResource(output, 'cloudflare_zone_setting.ssl', () => 'gone'),
          'cloudflare_bot_management.zone',
          () => 'gone',
        ),
    },
  },
  {
    title: 'protection off',
    comesTo: '1 exposed',
    change: setting('hcloud_primary_ip.hetzner2', 'delete_protection', false),
  },
  {
    title: "a server's arguments that Terraform no longer ignores",
    comesTo: '1 lost, 1 fails, 1 restarts, 1 in place',
    change: {
      in: 'hcloud_server.hetzner2: no ignore_changes',
      of: (output) =>
        withResource(output, 'hcloud_server.hetzner2', (body) => {
          body['lifecycle'] = { prevent_destroy: true };
        }),
    },
  },
  {
    title: 'a server under for_each',
    comesTo: '1 fails, 1 in place',
    change: {
      in: 'hcloud_server.hetzner2: for_each over one key, without a moved block',
      of: (output) =>
        withResource(output, 'hcloud_server.hetzner2', (body) => {
          body['for_each'] = { b: 1 };
        }),
    },
  },
  {
    title: 'one instance less',
    comesTo: '1 lost',
    given: { in: 'a volume under for_each, a and b', of: volumes({ for_each: { a: 1, b: 1 } }) },
    change: { in: 'for_each over a alone', of: volumes({ for_each: { a: 1 } }) },
  },
  {
    title: 'instances that an expression decides',
    comesTo: '1 lost',
    given: { in: 'a volume under ${var.volumes}', of: volumes({ for_each: '${var.volumes}' }) },
    change: { in: 'under ${var.others}', of: volumes({ for_each: '${var.others}' }) },
  },
  {
    title: "a smaller volume of Hetzner's",
    comesTo: '1 fails',
    given: { in: 'a volume of 20 GB', of: volumes({}) },
    change: { in: '10 GB', of: volumes({ size: 10 }) },
  },
  {
    title: 'a name that leads elsewhere',
    comesTo: '1 cut off',
    change: setting('cloudflare_dns_record.api_myhoneydue_com_hetzner1', 'content', '203.0.113.9'),
  },
  {
    title: 'one more record past Cloudflare',
    comesTo: '1 exposed',
    change: {
      in: 'an A record of api.myhoneydue.com that is not proxied',
      of: (output) =>
        withConfiguration(output, ({ resource }) => {
          const record = {
            name: 'api.myhoneydue.com',
            type: 'A',
            content: '178.104.247.152',
            proxied: false,
          };
          Object.assign(resource['cloudflare_dns_record'] ?? {}, { past: record });
        }),
    },
  },
  {
    title: 'a rule that everybody meets and that skips the others',
    comesTo: '1 exposed',
    change: rule('a rule more', (rules) => {
      rules.unshift({ ref: 'all', action: 'skip', expression: 'true', description: 'everybody' });
    }),
  },
  {
    title: 'a rule that no longer spares the nodes',
    comesTo: '1 cut off',
    change: rule('nodes_unlimited is disabled', (rules) => {
      fields({ rules } as never, 'rules', 0)['enabled'] = false;
    }),
  },
  {
    title: 'a provider of another version',
    comesTo: '1 in place',
    change: {
      in: 'required_providers.hcloud: 2.0.0',
      of: (output) =>
        withConfiguration(output, ({ terraform }) => {
          fields(terraform as never, 'required_providers', 'hcloud')['version'] = '2.0.0';
        }),
    },
  },
  {
    title: 'nothing of Terraform any more',
    comesTo: '1 left behind',
    change: { in: 'no stack', of: (output) => ({ ...output, stacks: [] }) },
  },
];
