import { type Edit, edited } from '../../support/configuration';
import { promising } from '../../support/promises';

/** One way to get the configuration wrong. */
export interface BrokenConfiguration {
  readonly title: string;
  readonly edits?: readonly Edit[];
  /** Edits of images.lock.yaml. */
  readonly lockEdits?: readonly Edit[];
}

const apiReplicas = `    image: api
    replicas: 3
`;

/** api with one more key. */
const ofApi = (key: string): Edit => [apiReplicas, `${apiReplicas}    ${key}\n`];

const resources = '{ cpu: { request: 10m, limit: 10m }, memory: { request: 16Mi, limit: 16Mi } }';

/** One more workload. */
const more = (workload: string): Edit => ['\nworkloads:\n', `\nworkloads:\n  more: ${workload}\n`];

/** The environment of api. */
const logging = '      APNS_AUTH_KEY_PATH: /secrets/apns/apns_auth_key.p8';

const found = (text: RegExp) => text.exec(edited([]))?.[0] ?? '';
const metricsOfApi = found(/port: 8000\n {6}path:\n.*/);
const publicKey = found(/ {4}publicKey: #.*\n.*/);
const bucketName = found(/ {6}name:\n {8}unresolved: create a private bucket.*/);
const exporter = `{ kind: RedisExporter, image: redis-exporter, redis: redis, resources: { cpu: { request: 10m, limit: 10m }, memory: { request: 16Mi, limit: 16Mi } } }`;
const exporterOfRedis = found(/\n {2}redis-exporter: # ours: the(?:.|\n)*?\n\n/);

const metricsSection = /\nmetrics:\n(?: .*\n)+/.exec(edited([]))?.[0] ?? '';

const networks = `  networks: # whence SSH and kubectl (6443) may come; today's rules name them
    unresolved: ssh hetzner1 sudo ufw status | grep -E '22|6443'`;

export const brokenConfigurations: readonly BrokenConfiguration[] = [
  { title: 'an unknown key', edits: [[apiReplicas, apiReplicas.replace('replicas', 'replicsa')]] },
  {
    title: 'an unknown key at the top',
    edits: [['namespace: honeydue\n', 'namespace: honeydue\nregion: eu\n']],
  },
  { title: 'a wrong type', edits: [[apiReplicas, apiReplicas.replace('3', '"three"')]] },
  { title: 'a number where text belongs', edits: [['      PORT: "3000"', '      PORT: 3000']] },
  {
    title: 'a number that is written otherwise than it is read',
    edits: [['      PORT: "3000"', '      PORT: 237e6']],
  },
  {
    title: 'an octal number',
    edits: [[apiReplicas, apiReplicas.replace('3', '010')]],
  },
  {
    title: 'a URL that ends with a blank',
    edits: [['API_URL: https://api.myhoneydue.com/api #', 'API_URL: "https://api.myhoneydue.com/api " #']],
  },
  {
    title: 'a URL that ends with a line break',
    edits: [['API_URL: https://api.myhoneydue.com/api #', 'API_URL: "https://api.myhoneydue.com/api\\n" #']],
  },
  { title: 'a missing key', edits: [[apiReplicas, '    image: api\n']] },
  { title: 'a missing section', edits: [['imagePullSecret: gitea-credentials', '# imagePullSecret:']] },
  { title: 'an empty value', edits: [['    hosts: [app.myhoneydue.com]', '    hosts:']] },
  { title: 'a duplicate key', edits: [[apiReplicas, `${apiReplicas}    replicas: 4\n`]] },
  { title: 'broken YAML', edits: [['    hosts: [app.myhoneydue.com]', '    hosts: [app.myhoneydue.com']] },
  {
    title: 'an indent that is off',
    edits: [['    replicas: 3\n    minAvailable: 2 #', '   replicas: 3\n    minAvailable: 2 #']],
  },
  {
    title: 'a tab as indent',
    edits: [['    replicas: 3\n    minAvailable: 2 #', '\treplicas: 3\n    minAvailable: 2 #']],
  },
  { title: 'an alias without anchor', edits: [[apiReplicas, apiReplicas.replace('3', '*three')]] },
  {
    title: 'an alias bomb',
    edits: [
      [
        'namespace: honeydue\n',
        `namespace: honeydue\n${['a', 'b', 'c', 'd', 'e', 'f']
          .map((name, index, names) => {
            const item = index === 0 ? 'x' : `*${names[index - 1]}`;
            return `${name}: &${name} [${Array(10).fill(item).join(', ')}]\n`;
          })
          .join('')}`,
      ],
    ],
  },
  {
    title: 'an alias inside its own anchor',
    edits: [['    hosts: [app.myhoneydue.com]', '    hosts: &hosts [*hosts]']],
  },
  { title: 'an unknown tag', edits: [[apiReplicas, apiReplicas.replace('3', '!count 3')]] },
  { title: 'a control character', edits: [['HOSTNAME: 0.0.0.0', 'HOSTNAME: "0.0.0.0\\x7f"']] },
  {
    title: '__proto__ as a key',
    edits: [['    environment:\n      APNS', '    environment:\n      __proto__: x\n      APNS']],
  },
  { title: 'constructor as a name', edits: [['\n  web:\n    kind', '\n  constructor:\n    kind']] },
  {
    title: 'constructor as a key that is read',
    edits: [['keys: [POSTGRES_PASSWORD]', 'keys: [constructor]']],
  },
  {
    title: 'a list as a key',
    edits: [['    environment:\n      APNS', '    environment:\n      [a]: x\n      APNS']],
  },
  { title: 'two documents', edits: [['workloads:\n', '---\nworkloads:\n']] },
  {
    title: 'replicas on the singleton',
    edits: [['    image: worker\n', '    image: worker\n    replicas: 2\n']],
  },
  {
    title: 'a port on the singleton',
    edits: [['    image: worker\n', '    image: worker\n    port: 6060\n']],
  },
  {
    title: 'a second Redis on one volume',
    edits: [['    image: redis\n', '    image: redis\n    replicas: 2\n']],
  },
  {
    title: 'a request above its limit',
    edits: [['request: 128Mi, limit: 512Mi', 'request: 1Gi, limit: 512Mi']],
  },
  {
    title: 'a malformed quantity',
    edits: [['request: 128Mi, limit: 512Mi', 'request: 128MB, limit: 512Mi']],
  },
  {
    title: 'CPU finer than Kubernetes knows',
    edits: [['request: 100m, limit: 1000m', 'request: 0.5m, limit: 1000m']],
  },
  {
    title: 'a malformed digest',
    lockEdits: [
      ['    unresolved: kubectl get pods -n honeydue -l app.kubernetes.io/name=api', '    sha256:abc #'],
    ],
  },
  {
    title: 'a digest that is too short',
    lockEdits: [
      [
        "  digest:\n    unresolved: kubectl get pods -n honeydue -l app.kubernetes.io/name=api -o jsonpath='{.items[*].status.containerStatuses[*].imageID}'",
        '  digest: sha256:abc',
      ],
    ],
  },
  { title: 'a tag that the lock does not follow', edits: [['tag: "237c6b8"', 'tag: "9f00dbe"']] },
  { title: 'another tag that the lock does not follow', edits: [['tag: 7-alpine', 'tag: 8-alpine']] },
  { title: 'an image without a lock', lockEdits: [['worker:\n', 'wrker:\n']] },
  { title: 'an unknown image', edits: [['    image: web\n', '    image: wbe\n']] },
  {
    title: 'an image that no workload uses any more, and its lock',
    edits: [['    image: web\n', '    image: admin\n']],
  },
  {
    title: 'an unknown secret key',
    edits: [
      [
        'keys: [POSTGRES_PASSWORD, SECRET_KEY, REDIS_PASSWORD]',
        'keys: [POSTGRES_PASWORD, SECRET_KEY, REDIS_PASSWORD]',
      ],
    ],
  },
  { title: 'an unknown Secret', edits: [['secret: honeydue-apns-key\n', 'secret: honeydue-apns\n']] },
  {
    title: 'a secret key that nobody reads',
    edits: [['      SECRET_KEY: signs', '      STRIPE_KEY: pays\n      SECRET_KEY: signs']],
  },
  {
    title: 'an unknown key of the ConfigMap',
    edits: [['{ fromConfig: NEXT_PUBLIC_API_URL }', '{ fromConfig: NEXT_PUBLIC_API }']],
  },
  { title: 'PORT for everybody', edits: [['  data:\n', '  data:\n    PORT: "8000"\n']] },
  {
    title: 'a variable set twice',
    edits: [['    environment:\n      APNS', '    environment:\n      SECRET_KEY: x\n      APNS']],
  },
  { title: 'two nodes of one address', edits: [['178.105.32.198', '178.104.247.152']] },
  { title: 'two nodes of one hostname', edits: [['ubuntu-8gb-nbg1-1', 'ubuntu-8gb-nbg1-2']] },
  { title: 'one host of two workloads', edits: [['[app.myhoneydue.com]', '[admin.myhoneydue.com]']] },
  { title: 'an address that is none', edits: [['178.105.32.198', '178.105.32.298']] },
  { title: 'a host that is none', edits: [['[app.myhoneydue.com]', '[app_myhoneydue]']] },
  { title: 'a name that is not DNS-1035', edits: [['\n  web:\n    kind', '\n  Web_App:\n    kind']] },
  {
    title: 'more replicas than the nodes hold',
    edits: [['    image: web\n    replicas: 3', '    image: web\n    replicas: 500']],
  },
  {
    title: 'a budget that blocks every drain',
    edits: [['    minAvailable: 2 # ours', '    minAvailable: 3 # ours']],
  },
  { title: 'an unknown kind', edits: [['    kind: SingletonWorker', '    kind: SingeltonWorker']] },
  { title: 'a workload without a kind', edits: [['    kind: SingletonWorker\n', '']] },
  { title: 'maxmemory that a rewrite outgrows', edits: [['    maxmemory: 256mb', '    maxmemory: 400mb']] },
  {
    title: 'a pin to a node that is not there',
    edits: [['      honeydue/redis: "true" # chapter 7', '      honeydue/cache: "true" # chapter 7']],
  },
  { title: 'root', edits: [['    user: 1000 #', '    user: 0 #']] },
  { title: 'a relative mount', edits: [['tmp: { directory: /tmp,', 'tmp: { directory: tmp,']] },
  { title: 'an autoscaler below its start', edits: [['      maxReplicas: 6', '      maxReplicas: 2']] },
  {
    title: 'an unresolved value without a command',
    edits: [['unresolved: kubectl exec -n honeydue deployment/worker -- id -u', 'unresolved:']],
  },
  { title: 'a connection to nobody', edits: [['connectsTo: [public-api]', 'connectsTo: [publicapi]']] },
  {
    title: 'a connection to what has no port',
    edits: [['connectsTo: [public-api]', 'connectsTo: [worker]']],
  },
  { title: 'a connection to itself', edits: [['connectsTo: [public-api]', 'connectsTo: [web]']] },
  { title: "an external service of a workload's name", edits: [['  storage: {', '  redis: {']] },
  { title: 'an external host that is none', edits: [['host: smtp.fastmail.com', 'host: smtp']] },
  {
    title: 'a port that is none',
    edits: [['smtp.fastmail.com, port: 587', 'smtp.fastmail.com, port: 70000']],
  },
  { title: 'a host outside of the zone', edits: [['[app.myhoneydue.com]', '[app.example.com]']] },
  {
    title: 'a host that no certificate of Cloudflare covers',
    edits: [['[admin.myhoneydue.com]', '[admin.app.myhoneydue.com]']],
  },
  {
    title: 'text that may be meant as a reference to a variable',
    edits: [[logging, `${logging}\n      REDIS_URL: redis://:$(REDIS_PASSWORD)@redis:6379`]],
  },
  {
    title: 'a value composed of an unknown variable',
    edits: [[logging, `${logging}\n      REDIS_URL: { compose: redis://:$(REDIS_PASSWROD)@redis:6379 }`]],
  },
  {
    title: 'a value composed of a composed one',
    edits: [[logging, `${logging}\n      A: { compose: $(SECRET_KEY)/a }\n      B: { compose: $(A)/b }`]],
  },
  {
    title: 'a composed value that refers to nothing',
    edits: [[logging, `${logging}\n      A: { compose: text }`]],
  },
  {
    title: 'a value from two sources',
    edits: [[logging, `${logging}\n      A: { literal: $(A), fromConfig: API_URL }`]],
  },
  { title: 'a rate of 0', edits: [['    average: 50', '    average: 0']] },
  {
    title: 'an unknown certificate',
    edits: [['tlsSecret: cloudflare-origin-cert', 'tlsSecret: cloudflare-cert']],
  },
  { title: 'root as the account', edits: [['  user: deploy #', '  user: root #']] },
  {
    title: 'a private key',
    edits: [
      [
        '  authorizedKeys:\n    unresolved: ssh hetzner1 sudo cat /home/deploy/.ssh/authorized_keys',
        '  authorizedKeys: ["-----BEGIN OPENSSH PRIVATE KEY-----"]',
      ],
    ],
  },
  {
    title: 'nobody who may log on',
    edits: [
      [
        '  authorizedKeys:\n    unresolved: ssh hetzner1 sudo cat /home/deploy/.ssh/authorized_keys',
        '  authorizedKeys: []',
      ],
    ],
  },
  { title: 'SSH for the whole world', edits: [[networks, '  networks: [0.0.0.0/0]']] },
  {
    title: 'SSH for a fifth of the world, in parts',
    edits: [[networks, '  networks: [64.0.0.0/3, "2000::/4"]']],
  },
  { title: 'an address in the place of its network', edits: [[networks, '  networks: [84.20.10.7/24]']] },
  { title: "documentation's range as the operator's", edits: [[networks, '  networks: [203.0.113.0/24]']] },
  { title: 'no port for SSH', edits: [['  sshPorts: [22]', '  sshPorts: []']] },
  { title: "SSH on the API server's port", edits: [['  sshPorts: [22]', '  sshPorts: [22, 6443]']] },
  { title: 'a first node that is not there', edits: [['firstNode: hetzner1', 'firstNode: hetzner4']] },
  {
    title: 'a first node that runs no API server',
    edits: [['    type: cx33 # chapter 0, layer 0', '    role: agent\n    type: cx33 # chapter 0, layer 0']],
  },
  {
    title: 'agents without a server',
    edits: [
      ['  hetzner1:\n    address', '  hetzner1:\n    role: agent\n    address'],
      ['  hetzner2:\n    address', '  hetzner2:\n    role: agent\n    address'],
      ['  hetzner3:\n    address', '  hetzner3:\n    role: agent\n    address'],
    ],
  },
  {
    title: 'a role that k3s does not have',
    edits: [['    type: cx33 #', '    role: worker\n    type: cx33 #']],
  },
  {
    title: 'private addresses that nobody stated',
    edits: [['  nodeAddresses: public', '  nodeAddresses: private']],
  },
  {
    title: 'a private address that is public',
    edits: [['    type: cx33 #', '    privateAddress: 84.20.10.1\n    type: cx33 #']],
  },
  {
    title: "a private address among the pods'",
    edits: [['    type: cx33 #', '    privateAddress: 10.42.0.9\n    type: cx33 #']],
  },
  { title: 'an unknown backend', edits: [['flannelBackend: vxlan', 'flannelBackend: wireguard']] },
  { title: 'a schedule that is none', edits: [['schedule: 0 */6 * * *', 'schedule: daily']] },
  {
    title: 'a schedule at an hour that no day has',
    edits: [['schedule: 0 */6 * * *', 'schedule: 0 25 * * *']],
  },
  {
    title: 'a registry that no image comes from',
    edits: [['    host: gitea.treytartt.com', '    host: ghcr.io']],
  },
  {
    title: 'metrics that nobody scrapes',
    edits: [
      [
        '    kind: MetricsAgent\n    image: vmagent',
        '    kind: RedisExporter\n    redis: redis\n    image: vmagent',
      ],
    ],
  },
  {
    title: 'an agent without a server',
    edits: [[metricsSection, '']],
  },
  {
    title: 'a metrics server that is not declared',
    edits: [['  server: metrics\n', '  server: metrix\n']],
  },
  {
    title: 'a token of a Secret that is not declared',
    edits: [
      [
        / {2}token: #.*\n.*\n/.exec(edited([]))?.[0] ?? '',
        '  token: { secret: honeydue-token, key: TOKEN }\n',
      ],
    ],
  },
  {
    title: 'a token of a key that is not declared',
    edits: [
      [
        / {2}token: #.*\n.*\n/.exec(edited([]))?.[0] ?? '',
        '  token: { secret: honeydue-backup, key: TOKEN }\n',
      ],
    ],
  },
  { title: 'an exporter of no Redis', edits: [['    redis: redis\n', '    redis: api\n']] },
  {
    title: 'a path of metrics that is none',
    edits: [[/port: 8000\n {6}path:\n.*/.exec(edited([]))?.[0] ?? '', 'port: 8000\n      path: metrics']],
  },
  {
    title: 'a backup of a database that is not declared',
    edits: [['      server: postgres-direct\n', '      server: postgres-drect\n']],
  },
  {
    title: 'a backup at a time that is none',
    edits: [['    schedule: 17 3 * * *', '    schedule: 17 25 * * *']],
  },
  {
    title: 'a password for admin that is not declared',
    edits: [
      [
        '    hosts: [admin.myhoneydue.com]\n',
        '    hosts: [admin.myhoneydue.com]\n    basicAuth: admin-users\n',
      ],
    ],
  },
  {
    title: 'a password for admin without users',
    edits: [
      [
        '    hosts: [admin.myhoneydue.com]\n',
        '    hosts: [admin.myhoneydue.com]\n    basicAuth: honeydue-backup\n',
      ],
    ],
  },
  { title: "the cluster's own ConfigMap", edits: [['  name: honeydue-config', '  name: kube-root-ca.crt']] },
  {
    title: 'a ConfigMap that no apply can take',
    edits: [['  data:\n', `  data:\n    LICENCES: ${'x'.repeat(262_144)}\n`]],
  },
  {
    title: 'a merge key',
    edits: [['    environment:\n      APNS', '    environment:\n      <<: { A: b }\n      APNS']],
  },
  {
    title: 'a name that states that nobody knows it',
    edits: [['    environment:\n      APNS', '    environment:\n      unresolved: x\n      APNS']],
  },
  { title: 'a malformed limit', edits: [['request: 128Mi, limit: 512Mi', 'request: 128Mi, limit: 512MB']] },
  { title: 'a name that is too long for a Job', edits: [['\n  migration:\n', `\n  ${'m'.repeat(53)}:\n`]] },
  {
    title: 'a variable of the ConfigMap that is set twice',
    edits: [
      ['    config: all', '    config: [API_URL]'],
      ['    environment:\n      APNS', '    environment:\n      API_URL: x\n      APNS'],
    ],
  },
  {
    title: 'a lock without a tag',
    lockEdits: [['  tag: "237c6b8"\n', '']],
  },
  {
    title: 'metrics at a path that takes the probes along',
    edits: [[metricsOfApi, 'port: 8000\n      path: /api']],
  },
  { title: 'metrics at the root', edits: [[metricsOfApi, 'port: 8000\n      path: /']] },
  {
    title: 'a certificate without its keys',
    edits: [['tlsSecret: cloudflare-origin-cert', 'tlsSecret: honeydue-backup']],
  },
  {
    title: 'a k3s of a minor version that is not known',
    edits: [['k3s: v1.34.6+k3s1', 'k3s: v1.39.0+k3s1']],
  },
  {
    title: 'a password where nothing leads',
    edits: [['    hosts: [admin.myhoneydue.com]\n', '    basicAuth: honeydue-backup\n']],
  },
  {
    title: 'two exporters of one Redis',
    edits: [['  postgres-backup: #', `  second: ${exporter}\n  postgres-backup: #`]],
  },
  {
    title: 'a Redis without an exporter',
    edits: [[exporterOfRedis, '']],
  },
  {
    title: 'a backup every week',
    edits: [['    schedule: 17 3 * * *', '    schedule: 17 3 * * 0']],
  },
  {
    title: 'a public key with a slip of the finger',
    edits: [[publicKey, `    publicKey: age1${'q'.repeat(58)}`]],
  },
  {
    title: "backups in the uploads' bucket",
    edits: [[bucketName, '      name: honeyDueProd']],
  },
  { title: "a namespace of Kubernetes' own", edits: [['namespace: honeydue', 'namespace: system-x']] },
  {
    title: "a workload with the name of another's metrics",
    edits: [['\n  admin:\n    kind', '\n  api-metrics:\n    kind']],
  },
  {
    title: 'a name too long for its metrics',
    edits: [['\n  redis-exporter: # ours: the', `\n  ${'x'.repeat(56)}: # ours: the`]],
  },
  {
    title: 'a promise about nothing',
    edits: [
      promising,
      [
        '  - when: rollout\n    completes: true\n',
        '  - when: rollout\n  - when: rollout\n    completes: true\n',
      ],
    ],
  },
  {
    title: 'a promise about a failure that nobody knows',
    edits: [promising, ['  - when: bad-image', '  - when: bad-images']],
  },
  {
    title: 'a promise about a workload that is not there',
    edits: [
      promising,
      ['    ready: { api: 2, web: 2 }\n', '    ready: { api: 2, wbe: 2 }\n'],
      ['    recovers: [api, web, admin, worker]\n', '    recovers: [api, web, amdin, worker]\n'],
    ],
  },
  {
    title: 'a promise that what has no end ends',
    edits: [promising, ['  - when: bad-image\n', '  - when: bad-image\n    completes: true\n']],
  },
  {
    title: 'several at once',
    edits: [
      [apiReplicas, apiReplicas.replace('replicas', 'replicsa')],
      ['178.105.32.198', '178.104.247.152'],
      ['{ fromConfig: NEXT_PUBLIC_API_URL }', '{ fromConfig: NEXT_PUBLIC_API }'],
      ['    image: worker\n', '    image: worker\n    replicas: 2\n'],
      ['    maxmemory: 256mb', '    maxmemory: 400mb'],
    ],
  },
  { title: 'a node of a type without a size', edits: [['    type: cx33 #', '    type: cx99 #']] },
  {
    title: 'nodes of a type without a size, which is reported without their capacity',
    edits: [
      ['    type: cx33 #', '    type: cx99 #'],
      ['    type: cx33\n', '    type: cx99\n'],
      ['    type: cx33\n', '    type: cx99\n'],
    ],
  },
  {
    title: 'a node in the location of another network zone',
    edits: [['    type: cx33\n    location: nbg1', '    type: cx33\n    location: hil']],
  },
  {
    title: 'a private network over the pods',
    edits: [['privateNetwork: none', 'privateNetwork: { range: 10.0.0.0/8, subnet: 10.42.7.0/24 }']],
  },
  {
    title: 'a subnet outside of its private network',
    edits: [['privateNetwork: none', 'privateNetwork: { range: 10.0.0.0/16, subnet: 10.1.0.0/24 }']],
  },
  {
    title: 'a private network that is public',
    edits: [['privateNetwork: none', 'privateNetwork: { range: 84.0.0.0/16, subnet: 84.0.1.0/24 }']],
  },
  {
    title: 'private addresses outside of the network, and one that Hetzner has',
    edits: [
      ['privateNetwork: none', 'privateNetwork: { range: 10.0.0.0/16, subnet: 10.0.1.0/24 }'],
      ['    address: 178.104.247.152\n', '    address: 178.104.247.152\n    privateAddress: 10.0.2.2\n'],
      ['    address: 178.105.32.198\n', '    address: 178.105.32.198\n    privateAddress: 10.0.1.1\n'],
    ],
  },
  {
    title: 'a server to adopt that is no node',
    edits: [['    hetzner1: &servers', '    hetzner4: &servers']],
  },
  { title: 'an adopted server with an address to be made', edits: [['    hetzner3: *primaryIps\n', '']] },
  {
    title: 'an id of Hetzner that is a name',
    edits: [['    hetzner2: *servers', '    hetzner2: ubuntu-8gb-nbg1-1']],
  },
  {
    title: 'a record to adopt of a host that nobody has',
    edits: [['    app.myhoneydue.com: *records', '    apps.myhoneydue.com: *records']],
  },
  {
    title: 'an id of Cloudflare that is too short',
    edits: [['    rateLimit: *rulesets', '    rateLimit: 0123abc']],
  },
  {
    title: 'more custom rules than the plan has',
    edits: [
      [
        '    customRules: # ours',
        `    customRules: # ours${[1, 2, 3, 4].map((each) => `\n      - { name: block_${each}, description: Nobody, expression: ip.src eq 0.0.0.${each}, action: block }`).join('')}\n      #`,
      ],
    ],
  },
  {
    title: 'more cache rules than the plan has',
    edits: [
      [
        '    cacheRules: # ours',
        `    cacheRules: # ours${Array.from({ length: 9 }, (_, each) => `\n      - { name: cache_${each}, description: A file, expression: http.request.uri.path eq "/${each}" }`).join('')}\n      #`,
      ],
    ],
  },
  { title: 'two rules of one name', edits: [['- name: next_static', '- name: landing_page']] },
  {
    title: 'HSTS for the list of browsers, without what it asks for',
    edits: [['      maxAgeSeconds: 15768000', '      maxAgeSeconds: 15768000\n      preload: true']],
  },
  {
    title: 'a sign-in path that no request has',
    edits: [['      prefixes: [/api/, /api/proxy/]', '      prefixes: [api, /api/proxy/]']],
  },
  {
    title: 'private addresses without a network that has them',
    edits: [
      ['nodeAddresses: public', 'nodeAddresses: private'],
      ['    address: 178.104.247.152\n', '    address: 178.104.247.152\n    privateAddress: 10.0.1.2\n'],
      ['    address: 178.105.32.198\n', '    address: 178.105.32.198\n    privateAddress: 10.0.1.3\n'],
      ['    address: 178.104.249.189\n', '    address: 178.104.249.189\n    privateAddress: 10.0.1.4\n'],
    ],
  },
  {
    title: 'servers that run, and private addresses in a network that is still to be made',
    edits: [
      ['nodeAddresses: public', 'nodeAddresses: private'],
      ['  privateNetwork: none', '  privateNetwork: { range: 10.0.0.0/16, subnet: 10.0.1.0/24 }'],
      ['    address: 178.104.247.152\n', '    address: 178.104.247.152\n    privateAddress: 10.0.1.2\n'],
      ['    address: 178.105.32.198\n', '    address: 178.105.32.198\n    privateAddress: 10.0.1.3\n'],
      ['    address: 178.104.249.189\n', '    address: 178.104.249.189\n    privateAddress: 10.0.1.4\n'],
    ],
  },
  {
    title: 'a label that Hetzner keeps for itself',
    edits: [['  privateNetwork: none', '  labels: { hetzner.cloud/a: b }\n  privateNetwork: none']],
  },
  {
    title: 'a new server with a name that cloud-init cuts off',
    edits: [
      [
        '  hetzner3:\n    address: 178.104.249.189',
        '  hetzner4:\n    address: 192.0.2.44\n    hostname: node.example.com\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n  hetzner3:\n    address: 178.104.249.189',
      ],
    ],
  },
  {
    title: 'a request of an RSA key',
    edits: [
      [
        / {4}certificateRequest: #.*\n {6}unresolved: openssl.*/.exec(edited([]))?.[0] ?? '',
        '    certificateRequest: |\n      -----BEGIN CERTIFICATE REQUEST-----\n      MIICWzCCAUMCAQAwFjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wggEiMA0GCSqGSIb3\n      -----END CERTIFICATE REQUEST-----\n',
      ],
    ],
  },
  {
    title: "a private network's last address",
    edits: [
      ['privateNetwork: none', 'privateNetwork: { range: 10.0.0.0/16, subnet: 10.0.1.0/28 }'],
      ['    address: 178.104.247.152\n', '    address: 178.104.247.152\n    privateAddress: 10.0.1.2\n'],
      ['    address: 178.105.32.198\n', '    address: 178.105.32.198\n    privateAddress: 10.0.1.3\n'],
      ['    address: 178.104.249.189\n', '    address: 178.104.249.189\n    privateAddress: 10.0.1.15\n'],
    ],
  },
  {
    title: 'an address that only the machine itself reaches',
    edits: [['address: 178.105.32.198', 'address: 127.0.0.1']],
  },
  { title: 'a private address as the public one', edits: [['address: 178.105.32.198', 'address: 10.0.0.3']] },
  {
    title: 'the word unresolved in the place of a value',
    edits: [['tag: "237c6b8"', 'tag: unresolved']],
    lockEdits: [['237c6b8', 'unresolved']],
  },
  { title: 'a namespace called unresolved', edits: [['namespace: honeydue\n', 'namespace: unresolved\n']] },
  {
    title: 'a connection that is named twice',
    edits: [['connectsTo: [redis, postgres, storage,', 'connectsTo: [redis, postgres, redis, storage,']],
  },
  {
    title: 'a private key as the request for a certificate',
    edits: [
      [
        / {4}certificateRequest: #.*\n {6}unresolved: openssl.*/.exec(edited([]))?.[0] ?? '',
        '    certificateRequest: |\n      -----BEGIN EC PRIVATE KEY-----\n      MHcCAQEEIH\n      -----END EC PRIVATE KEY-----\n',
      ],
    ],
  },
  {
    title: 'an expression whose quote is never closed',
    edits: [
      ['expression: http.host eq "myhoneydue.com" and', 'expression: http.host eq "myhoneydue.com and'],
    ],
  },
  {
    title: 'no path under which attempts to sign in are counted',
    edits: [['      prefixes: [/api/, /api/proxy/]', '      prefixes: []']],
  },
  {
    title: 'a promise that names a workload twice',
    edits: [promising, ['recovers: [api, web, admin, worker]', 'recovers: [api, web, api]']],
  },
  {
    title: 'a migration that runs nothing',
    edits: [[/ {4}command:\n {6}unresolved:.*/.exec(edited([]))?.[0] ?? '', '    command: [""]']],
  },
  {
    title: 'more reserved than the nodes have',
    edits: [['kubernetes: { cpu: 250m, memory: 1536Mi }', 'kubernetes: { cpu: 250m, memory: 8000Mi }']],
  },
  {
    title: 'a sidecar without a name or an image',
    edits: [ofApi(`sidecars: [{ resources: ${resources} }]`)],
  },
  {
    title: 'a sidecar whose image is not declared',
    edits: [ofApi(`sidecars: [{ name: log, image: logger, resources: ${resources} }]`)],
  },
  {
    title: 'an init container with an unknown key',
    edits: [ofApi(`initContainers: [{ name: wait, image: web, comand: [wait], resources: ${resources} }]`)],
  },
  {
    title: 'a service account with rules and without a reason',
    edits: [ofApi('serviceAccount: { rules: [{ apiGroups: [""], resources: [pods], verbs: [list] }] }')],
  },
  {
    title: 'a service account with an empty rule',
    edits: [ofApi('serviceAccount: { rules: [{}], reason: It lists pods. }')],
  },
  { title: 'a volume without a source', edits: [ofApi('volumes: { data: { directory: /data } }')] },
  {
    title: 'a volume with two sources',
    edits: [ofApi('volumes: { data: { directory: /data, emptyDir: { sizeLimit: 1Mi }, claim: data } }')],
  },
  {
    title: 'a volume in a relative directory',
    edits: [ofApi('volumes: { data: { directory: data, claim: data } }')],
  },
  {
    title: 'a volume of a Secret that is not declared',
    edits: [ofApi('volumes: { keys: { directory: /keys, secret: { name: unknown-keys } } }')],
  },
  {
    title: 'a CronJob with a schedule that cron does not have',
    edits: [
      more(
        `{ kind: CronJob, image: api, schedule: daily, deadlineSeconds: 60, user: 1000, resources: ${resources} }`,
      ),
    ],
  },
  {
    title: 'a StatefulService without volumes',
    edits: [
      more(
        `{ kind: StatefulService, image: api, replicas: 1, minAvailable: 1, port: 9000, user: 1000, storage: {}, resources: ${resources} }`,
      ),
    ],
  },
  {
    title: 'a Worker with a port',
    edits: [
      more(
        `{ kind: Worker, image: api, replicas: 2, minAvailable: 1, port: 9000, user: 1000, resources: ${resources} }`,
      ),
    ],
  },
  { title: 'a kind that does not exist', edits: [more('{ kind: DaemonService }')] },
];
