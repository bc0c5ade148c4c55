import type { Output } from '../../lib/documents/output';
import type { Edit } from '../support/configuration';
import { fields, withAdded, withConfiguration, withObject, withResource } from './outputs';

/** One change of production, and the name under which its impact is kept. */
export interface ProductionEdit {
  readonly title: string;
  /** How many consequences of each class, as the report counts them. */
  readonly comesTo: string;
  /** Of the configuration, each applied once. */
  readonly edits?: readonly Edit[];
  readonly lockEdits?: readonly Edit[];
  /** Of the output, for what the configuration refuses or has no word for; `in` says it in words. */
  readonly change?: { readonly in: string; readonly of: (output: Output) => Output };
  /** Changes that both outputs have, so that there is something to change. */
  readonly given?: { readonly in: string; readonly of: (output: Output) => Output };
}

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const server = 'hcloud_server.hetzner2';

const unprotected = {
  in: 'servers that Terraform made, without prevent_destroy and ignore_changes',
  of: (output: Output) =>
    ['hetzner1', 'hetzner2', 'hetzner3'].reduce(
      (all, name) =>
        withResource(all, `hcloud_server.${name}`, (body) => {
          body['lifecycle'] = {};
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

/** Sets one argument of a resource. */
function setting(address: string, argument: string, value: string | number | boolean | string[]) {
  return {
    in: `${address}: ${argument} = ${JSON.stringify(value)}`,
    of: (output: Output) =>
      withResource(output, address, (body) => {
        body[argument] = value;
      }),
  };
}

const policy = (name: string) => `NetworkPolicy honeydue/${name}`;

export const productionEdits: readonly ProductionEdit[] = [
  {
    title: 'an image',
    comesTo: '2 restarts',
    edits: [['tag: "237c6b8" # chapter 7, api', 'tag: "9f0c1aa"']],
    lockEdits: [['  tag: "237c6b8"', '  tag: "9f0c1aa"']],
  },
  {
    title: "a singleton's image",
    comesTo: '1 restarts',
    change: {
      in: `Deployment worker: another digest`,
      of: (output) =>
        withObject(output, 'Deployment honeydue/worker', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] =
            `gitea.treytartt.com/admin/honeydue-worker:2@${digest('2')}`;
        }),
    },
  },
  {
    title: "Redis's image",
    comesTo: '1 restarts',
    change: {
      in: 'Deployment redis: image redis:8-alpine',
      of: (output) =>
        withObject(output, 'Deployment honeydue/redis', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'redis:8-alpine';
        }),
    },
  },
  {
    title: 'a replica count',
    comesTo: '2 in place',
    edits: [['    image: web\n    replicas: 3', '    image: web\n    replicas: 4']],
  },
  {
    title: 'a config key that everybody reads',
    comesTo: '4 restarts, 1 in place',
    edits: [['API_URL: https://api.myhoneydue.com/api #', 'API_URL: https://api.example.com/api #']],
  },
  {
    title: "a workload's own variable",
    comesTo: '1 restarts',
    change: {
      in: 'Deployment api: APNS_AUTH_KEY_PATH is another',
      of: (output) =>
        withObject(output, 'Deployment honeydue/api', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0, 'env', 0)['value'] =
            '/secrets/apns/key.p8';
        }),
    },
  },
  {
    title: "a Secret's revision",
    comesTo: '4 restarts',
    edits: [['honeydue-secrets:\n    revision: 1', 'honeydue-secrets:\n    revision: 2']],
  },
  {
    title: "a Secret's name",
    comesTo: '2 restarts',
    edits: [
      ['  honeydue-apns-key:\n    revision: 1', '  honeydue-push-key:\n    revision: 1'],
      ['        secret: honeydue-apns-key\n', '        secret: honeydue-push-key\n'],
      ['apns-key: { secret: honeydue-apns-key,', 'apns-key: { secret: honeydue-push-key,'],
    ],
  },
  {
    title: 'a selector',
    comesTo: '1 fails',
    change: {
      in: 'Deployment web: spec.selector.matchLabels has app: web, too',
      of: (output) =>
        withObject(output, 'Deployment honeydue/web', (object) => {
          fields(object, 'spec', 'selector', 'matchLabels')['app'] = 'web';
          fields(object, 'spec', 'template', 'metadata', 'labels')['app'] = 'web';
        }),
    },
  },
  {
    title: "a volume's size",
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: 10Gi instead of 5Gi',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec', 'resources', 'requests')['storage'] = '10Gi';
        }),
    },
  },
  {
    title: 'a smaller volume',
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: 2Gi instead of 5Gi',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec', 'resources', 'requests')['storage'] = '2Gi';
        }),
    },
  },
  {
    title: "a volume's class",
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: storageClassName hcloud-volumes',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec')['storageClassName'] = 'hcloud-volumes';
        }),
    },
  },
  {
    title: "a claim's name",
    comesTo: '1 lost, 1 restarts, 1 in place',
    edits: [['claim: redis-data', 'claim: redis-files']],
  },
  {
    title: 'the node that Redis runs on',
    comesTo: '1 fails, 1 restarts',
    change: {
      in: 'Deployment redis: nodeSelector honeydue/cache instead of honeydue/redis',
      of: (output) =>
        withObject(output, 'Deployment honeydue/redis', (object) => {
          fields(object, 'spec', 'template', 'spec')['nodeSelector'] = { 'honeydue/cache': 'true' };
        }),
    },
  },
  {
    title: 'a longer start',
    comesTo: '1 restarts',
    change: {
      in: 'Deployment api: startupProbe.failureThreshold 60',
      of: (output) =>
        withObject(output, 'Deployment honeydue/api', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0, 'startupProbe')['failureThreshold'] =
            60;
        }),
    },
  },
  {
    title: 'a rolling singleton',
    comesTo: '1 restarts',
    change: {
      in: 'Deployment worker: RollingUpdate with maxUnavailable 1, and another image',
      of: (output) =>
        withObject(output, 'Deployment honeydue/worker', (object) => {
          const spec = fields(object, 'spec');
          spec['strategy'] = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
          fields(spec, 'template', 'spec', 'containers', 0)['image'] = 'worker:3';
        }),
    },
  },
  {
    title: 'a migration of another image',
    comesTo: '1 restarts',
    change: {
      in: 'the Job of the migration under its next name',
      of: (output) => {
        const job = output.objects.find(({ object }) => object.kind === 'Job');
        if (job === undefined) throw new Error('the output has no Job');
        const { object } = job;
        const next = { ...object, metadata: { ...object.metadata, name: 'migration-next' } };
        return {
          ...output,
          objects: [...output.objects.filter((each) => each !== job), { ...job, object: next }],
        };
      },
    },
  },
  {
    title: "a Job's template under the same name",
    comesTo: '1 fails',
    change: {
      in: 'the Job of the migration: backoffLimit stays, the image is another',
      of: (output) => {
        const job = output.objects.find(({ object }) => object.kind === 'Job')?.object.metadata.name;
        return withObject(output, `Job honeydue/${job}`, (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'api:2';
        });
      },
    },
  },
  {
    title: "a Service's address",
    comesTo: '1 fails',
    change: {
      in: 'Service redis: clusterIP None',
      of: (output) =>
        withObject(output, 'Service honeydue/redis', (object) => {
          fields(object, 'spec')['clusterIP'] = 'None';
        }),
    },
  },
  {
    title: 'a port of every node',
    comesTo: '1 exposed',
    change: {
      in: 'Service redis: type NodePort',
      of: (output) =>
        withObject(output, 'Service honeydue/redis', (object) => {
          fields(object, 'spec')['type'] = 'NodePort';
        }),
    },
  },
  {
    title: 'a role for somebody else',
    comesTo: '1 fails',
    given: {
      in: 'a RoleBinding to the role reader',
      of: (output) =>
        withAdded(output, {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: 'readers', namespace: 'honeydue' },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
          subjects: [{ kind: 'ServiceAccount', name: 'vmagent', namespace: 'honeydue' }],
        }),
    },
    change: {
      in: 'RoleBinding readers: roleRef.name writer',
      of: (output) =>
        withObject(output, 'RoleBinding honeydue/readers', (object) => {
          fields(object, 'roleRef')['name'] = 'writer';
        }),
    },
  },
  {
    title: 'a host',
    comesTo: '2 exposed',
    edits: [['hosts: [app.myhoneydue.com]', 'hosts: [app.myhoneydue.com, www.myhoneydue.com]']],
  },
  {
    title: 'a host less',
    comesTo: '3 cut off, 3 in place',
    edits: [
      ['hosts: [api.myhoneydue.com, myhoneydue.com]', 'hosts: [api.myhoneydue.com]'],
      ['    myhoneydue.com: *records\n', ''],
    ],
  },
  {
    title: 'a middleware less',
    comesTo: '1 exposed',
    change: {
      in: 'Ingress admin: without its middlewares',
      of: (output) =>
        withObject(output, 'Ingress honeydue/admin', (object) => {
          delete fields(object, 'metadata', 'annotations')[
            'traefik.ingress.kubernetes.io/router.middlewares'
          ];
        }),
    },
  },
  {
    title: 'a connection',
    comesTo: '1 exposed, 2 in place',
    edits: [['    connectsTo: [public-api]', '    connectsTo: [public-api, redis]']],
  },
  {
    title: 'a connection less',
    comesTo: '1 cut off, 1 in place',
    change: {
      in: `${policy('allow-egress-from-worker')}: without port 587`,
      of: (output) =>
        withObject(output, policy('allow-egress-from-worker'), (object) => {
          const rule = fields(object, 'spec', 'egress', 0);
          rule['ports'] = (rule['ports'] as unknown as { port: number }[]).filter(
            ({ port }) => port !== 587,
          ) as never;
        }),
    },
  },
  {
    title: 'a policy less',
    comesTo: '3 cut off, 1 left behind',
    change: {
      in: `without ${policy('allow-ingress-to-redis')}`,
      of: (output) => withObject(output, policy('allow-ingress-to-redis'), () => 'gone'),
    },
  },
  {
    title: 'no policy that denies',
    comesTo: '10 exposed, 1 left behind',
    change: {
      in: `without ${policy('default-deny')}`,
      of: (output) => withObject(output, policy('default-deny'), () => 'gone'),
    },
  },
  {
    title: 'a Secret that pods read',
    comesTo: '1 lost',
    given: {
      in: 'the Secret honeydue-secrets among the manifests',
      of: (output) =>
        withAdded(output, {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'honeydue-secrets', namespace: 'honeydue' },
          stringData: { REDIS_PASSWORD: 'not to be shown' },
        }),
    },
    change: {
      in: 'without the Secret honeydue-secrets',
      of: (output) => withObject(output, 'Secret honeydue/honeydue-secrets', () => 'gone'),
    },
  },
  {
    title: 'the namespace',
    comesTo: '2 lost, 7 cut off',
    change: {
      in: 'without the Namespace and everything in it',
      of: (output) => ({
        ...output,
        objects: output.objects.filter(
          ({ object }) => object.kind !== 'Namespace' && object.metadata.namespace !== 'honeydue',
        ),
      }),
    },
  },
  {
    title: 'a ConfigMap whose readers state no checksum',
    comesTo: '1 in place',
    change: {
      in: 'ConfigMap honeydue-config: API_URL alone',
      of: (output) =>
        withObject(output, 'ConfigMap honeydue/honeydue-config', (object) => {
          fields(object, 'data')['API_URL'] = 'https://api.example.com/api';
        }),
    },
  },
  {
    title: 'a range of Cloudflare in Traefik',
    comesTo: '1 restarts',
    change: {
      in: 'HelmChartConfig traefik: one trusted range less',
      of: (output) =>
        withObject(output, 'HelmChartConfig kube-system/traefik', (object) => {
          const spec = fields(object, 'spec');
          spec['valuesContent'] = String(spec['valuesContent']).replace(/\n +- 131\.0\.72\.0\/22/, '');
        }),
    },
  },
  {
    title: "a node's type",
    comesTo: '1 restarts',
    edits: [['    type: cx33 # chapter 0, layer 0', '    type: cx43']],
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
    comesTo: '2 lost, 4 replaced, 1 left behind, 25 in place',
    edits: [
      ['  hetzner2:\n    address', '  hetzner4:\n    address'],
      ['    hetzner2: *servers', '    hetzner4: *servers'],
      ['    hetzner2: *primaryIps', '    hetzner4: *primaryIps'],
      ['      hetzner2: *record', '      hetzner4: *record'],
    ],
  },
  {
    title: 'a node less',
    comesTo: '1 lost',
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
  {
    title: 'an address less',
    comesTo: '1 lost',
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
    comesTo: '1 exposed, 1 in place',
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
