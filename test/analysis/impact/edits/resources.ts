import { fields, withAdded, withConfiguration, withObject, withResource } from '../outputs';
import { type ProductionEdit, setting } from './production-edit';

const server = 'hcloud_server.hetzner2';

/** Changes of what else Terraform holds, the nodes' scripts, alerts, and what is nothing. */
export const resources: readonly ProductionEdit[] = [
  {
    title: 'an address less',
    comesTo: '1 fails',
    change: {
      in: 'without hcloud_primary_ip.hetzner3',
      of: (output) => withResource(output, 'hcloud_primary_ip.hetzner3', () => 'gone'),
    },
  },
  {
    title: 'a firewall source',
    comesTo: '1 exposed, 1 cut off',
    change: {
      in: 'the rule for SSH: source_ips 0.0.0.0/0 and ::/0',
      of: (output) =>
        withResource(output, 'hcloud_firewall.nodes', (body) => {
          const rules = body['rule'] as unknown as { description: string; source_ips: string[] }[];
          const ssh = rules.find(({ description }) => description.startsWith('SSH'));
          if (ssh !== undefined) ssh.source_ips = ['0.0.0.0/0', '::/0'];
        }),
    },
  },
  {
    title: 'a firewall that forgets the nodes',
    comesTo: '1 cut off',
    change: {
      in: 'without the rule for etcd',
      of: (output) =>
        withResource(output, 'hcloud_firewall.nodes', (body) => {
          const rules = body['rule'] as unknown as { description: string }[];
          body['rule'] = rules.filter(({ description }) => !description.startsWith('etcd')) as never;
        }),
    },
  },
  {
    title: 'a server without its firewall',
    comesTo: '1 exposed',
    change: setting(server, 'firewall_ids', []),
  },
  {
    title: 'a name past Cloudflare',
    comesTo: '1 exposed',
    change: setting('cloudflare_dns_record.api_myhoneydue_com_hetzner1', 'proxied', false),
  },
  {
    title: 'the certificate of the origin',
    comesTo: '1 fails',
    change: setting('cloudflare_origin_ca_certificate.hosts', 'hostnames', ['myhoneydue.com']),
  },
  {
    title: "Cloudflare's TLS",
    comesTo: '1 exposed',
    change: setting('cloudflare_zone_setting.ssl', 'value', 'flexible'),
  },
  {
    title: 'a rate limit less',
    comesTo: '1 exposed',
    change: {
      in: 'without cloudflare_ruleset.http_ratelimit',
      of: (output) => withResource(output, 'cloudflare_ruleset.http_ratelimit', () => 'gone'),
    },
  },
  {
    title: 'another place for the state',
    comesTo: '1 fails',
    change: {
      in: 'terraform.backend: s3 instead of local',
      of: (output) =>
        withConfiguration(output, (configuration) => {
          Object.assign(configuration, {
            terraform: { ...configuration.terraform, backend: { s3: { bucket: 'state' } } },
          });
        }),
    },
  },
  {
    title: 'a removed workload',
    comesTo: '1 cut off, 6 left behind',
    change: {
      in: 'without what is called admin',
      of: (output) => ({
        ...output,
        objects: output.objects.filter(
          ({ object }) => !/^(allow-(egress|ingress)-(from|to)-)?admin(-pdb)?$/.test(object.metadata.name),
        ),
      }),
    },
  },
  {
    title: 'a sixth workload',
    comesTo: '1 fails, 1 exposed',
    change: {
      in: 'a Deployment docs, which nothing isolates but default-deny',
      of: (output) =>
        withAdded(output, {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'docs', namespace: 'honeydue' },
          spec: {
            selector: { matchLabels: { 'app.kubernetes.io/name': 'docs' } },
            template: {
              metadata: { labels: { 'app.kubernetes.io/name': 'docs' } },
              spec: { containers: [{ name: 'docs', image: 'docs:1' }] },
            },
          },
        }),
    },
  },
  {
    title: 'another SSH port',
    comesTo: '1 exposed, 3 in place',
    edits: [['  sshPorts: [22]', '  sshPorts: [22, 2222]']],
  },
  {
    title: 'a node script of another firewall',
    comesTo: '1 exposed, 1 in place',
    change: {
      in: 'hetzner2: 22 from 203.0.113.0/24, and another sysctl',
      of: (output) => {
        const script = output.texts.get('nodes/hetzner2.sh') ?? '';
        const text = script
          .replace(
            "  rule pods '",
            "  rule operator 'allow from 203.0.113.0/24 to any port 22 proto tcp'\n  rule pods '",
          )
          .replace('kernel.panic = 10\n', 'kernel.panic = 20\n');
        return { ...output, texts: new Map([...output.texts, ['nodes/hetzner2.sh', text]]) };
      },
    },
  },
  {
    title: 'an alert less',
    comesTo: '1 in place',
    change: {
      in: 'without the first alert',
      of: (output) => {
        const rules = output.rules.map((each) => {
          const copy = structuredClone(each.rules) as { groups: { rules: unknown[] }[] };
          copy.groups[0]?.rules.shift();
          return { ...each, rules: copy as never };
        });
        return { ...output, rules };
      },
    },
  },
  {
    title: "a key's order, and a comment",
    comesTo: 'nothing',
    edits: [
      ['# honeyDue', '# The honeyDue'],
      [
        '    image: web\n    replicas: 3\n    minAvailable: 2\n',
        '    minAvailable: 2\n    replicas: 3\n    image: web\n',
      ],
    ],
  },
  {
    title: 'a comment on top of a manifest',
    comesTo: 'nothing',
    change: {
      in: 'another first line of 3-web.k8s.yaml and of a script',
      of: (output) => {
        const more = ['3-web.k8s.yaml', 'nodes/hetzner1.sh'].map(
          (path) => [path, (output.texts.get(path) ?? '').replace(/\n/, '\n# Looked at.\n')] as const,
        );
        return { ...output, texts: new Map([...output.texts, ...more]) };
      },
    },
  },
  {
    title: "the order of an object's keys and of a firewall's sources",
    comesTo: 'nothing',
    change: {
      in: 'Service web backwards, the first rule backwards',
      of: (output) =>
        withResource(
          withObject(output, 'Service honeydue/web', (object) => {
            const entries = Object.entries(object).reverse();
            for (const [key] of entries) delete object[key];
            Object.assign(object, Object.fromEntries(entries));
          }),
          'hcloud_firewall.nodes',
          (body) => {
            (body['rule'] as unknown as { source_ips: string[] }[])[0]?.source_ips.reverse();
          },
        ),
    },
  },
  {
    title: 'the same quantity in other words',
    comesTo: 'nothing',
    change: {
      in: 'Deployment web: 1000m CPU instead of 1',
      of: (output) =>
        withObject(output, 'Deployment honeydue/web', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0, 'resources', 'limits')['cpu'] = '1000m';
        }),
    },
  },
];
