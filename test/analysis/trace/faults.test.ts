import {
  edgeRule,
  object,
  resources,
  script,
  stopOf,
  type TraceFault,
  traced,
  tracedWith,
} from './deployment';

interface PlantedFault {
  readonly what: string;
  readonly fault: TraceFault;
  /** @default a page of web */
  readonly request?: string;
  /** The step that stops the request. */
  readonly key: string;
  readonly reason: string | RegExp;
  readonly fix: string | RegExp;
}

const url = 'https://app.myhoneydue.com/login';

const faults: readonly PlantedFault[] = [
  {
    what: 'a record is missing',
    fault: resources('cloudflare_dns_record', 'app_', () => undefined),
    key: 'record',
    reason: /^No record has the name app\.myhoneydue\.com, so the name does not resolve\./,
    fix: /^Add a proxied record that is named app\.myhoneydue\.com .* under workloads\.<name>\.hosts\.$/,
  },
  {
    what: 'a record is not proxied',
    fault: resources('cloudflare_dns_record', 'app_myhoneydue_com_hetzner2', (body) => ({
      ...body,
      proxied: false,
    })),
    key: 'record',
    reason:
      "cloudflare_dns_record.app_myhoneydue_com_hetzner2 is not proxied: visitors connect directly to node hetzner2, but Hetzner's firewall lets only Cloudflare connect.",
    fix: 'Set proxied = true on the record.',
  },
  {
    what: 'a custom rule blocks',
    fault: edgeRule('http_request_firewall_custom', {
      ...{ ref: 'office', action: 'block', enabled: true },
      expression: 'http.host eq "app.myhoneydue.com" and not ip.src in {84.30.0.0/24}',
    }),
    key: 'custom-rules',
    reason: /^Rule office applies, and its action is block: http\.host eq/,
    fix: 'Exclude the request from the expression of rule office, or place a rule with the action skip before it.',
  },
  {
    what: 'the certificate does not cover the host',
    fault: resources('cloudflare_origin_ca_certificate', 'hosts', (body) => ({
      ...body,
      hostnames: ['*.shop.myhoneydue.com', 'myhoneydue.com'],
    })),
    key: 'certificate',
    reason:
      'The origin certificate covers *.shop.myhoneydue.com and myhoneydue.com, not app.myhoneydue.com, and "*" matches exactly one label. Cloudflare answers 526.',
    fix: 'Add app.myhoneydue.com to the hostnames of the certificate, and put the new certificate into the TLS Secret.',
  },
  {
    what: 'the mode is strict, and no Ingress has a certificate',
    fault: (all) =>
      ['admin', 'api', 'api-denied', 'web'].reduce(
        (output, name) => object('Ingress', name, '"tls"', '"formerTls"')(output),
        all,
      ),
    key: 'certificate',
    reason: /^No Ingress and no IngressRoute has a TLS Secret: .* Cloudflare answers 526\.$/,
    fix: 'Add an entry with hosts: [app.myhoneydue.com] and a secretName to spec.tls of the Ingress.',
  },
  {
    what: 'Cloudflare connects without TLS to nodes that take TLS only',
    fault: resources('cloudflare_zone_setting', 'ssl', (body) => ({ ...body, value: 'flexible' })),
    key: 'hetzner-firewall',
    reason: /^Port 80 of nodes hetzner1, hetzner2 and hetzner3 is closed for /,
    fix: 'Allow TCP 80 from Cloudflare to nodes hetzner1, hetzner2 and hetzner3.',
  },
  {
    what: "Hetzner's firewall is closed",
    fault: resources('hcloud_firewall', 'nodes', (body) => ({
      ...body,
      rule: (body['rule'] as readonly { port?: string }[]).filter(({ port }) => port !== '443'),
    })),
    key: 'hetzner-firewall',
    reason:
      /^Port 443 of nodes hetzner1, hetzner2 and hetzner3 is closed for connections from .*, and Cloudflare connects from there\.$/,
    fix: 'Allow TCP 443 from Cloudflare to nodes hetzner1, hetzner2 and hetzner3.',
  },
  {
    what: 'the firewall of one node lacks one range of Cloudflare',
    fault: script('hetzner3', /^ {2}rule Cloudflare 'allow from 162\.158\.0\.0\/15 .*\n/gm, ''),
    key: 'node-firewall',
    reason:
      'Port 443 of node hetzner3 is closed for connections from 162.158.0.0/15, and Cloudflare connects from there. Requests to the other nodes pass.',
    fix: 'Allow TCP 443 from 162.158.0.0/15 to node hetzner3.',
  },
  {
    what: 'Traefik listens on another port',
    fault: object('HelmChartConfig', 'traefik', 'port: 443', 'port: 8443'),
    key: 'entry-point',
    reason:
      'No entry point listens on port 443 of the nodes. Existing entry points: websecure on 8443 and metrics on 9101.',
    fix: 'Add an entry point with port: 443 to ports in the chart values.',
  },
  {
    what: 'no router has the host',
    fault: object('Ingress', 'web', '"host":"app.myhoneydue.com"', '"host":"web.myhoneydue.com"'),
    key: 'router',
    reason:
      'No router of entry point websecure matches app.myhoneydue.com/login, so Traefik answers 404. Routers exist for admin.myhoneydue.com, api.myhoneydue.com, myhoneydue.com and web.myhoneydue.com; did you mean "api.myhoneydue.com"?',
    fix: 'Add a rule with host app.myhoneydue.com and path /login to an Ingress: list the host under workloads.<name>.hosts.',
  },
  {
    what: 'the router has another entry point',
    fault: object('Ingress', 'web', '"websecure"', '"web"'),
    key: 'router',
    reason: /Ingress honeydue\/web matches the request, but has other entry points: web\.$/,
    fix: 'Add websecure to the entry points of Ingress honeydue/web.',
  },
  {
    what: 'a middleware refuses the visitor',
    fault: object(
      'Middleware',
      'compression',
      '"compress":{}',
      '"ipAllowList":{"sourceRange":["84.30.0.0/24"],"ipStrategy":{"depth":1}}',
    ),
    key: 'middleware',
    reason:
      'The middleware allows only 84.30.0.0/24, which does not include a visitor with another address: Traefik answers 403.',
    fix: "Add the visitor's address to spec.ipAllowList.sourceRange, or send the request from an address in that list (--client).",
  },
  {
    what: 'a middleware is missing',
    fault: object('Middleware', 'rate-limit', ''),
    key: 'middleware',
    reason:
      'Middleware honeydue-rate-limit@kubernetescrd does not exist: Traefik ignores the router of Ingress honeydue/web, and answers 404.',
    fix: 'Add the Middleware, or remove honeydue-rate-limit@kubernetescrd from Ingress honeydue/web.',
  },
  {
    what: 'the Service is missing',
    fault: object('Service', 'web', ''),
    key: 'service',
    reason: /^There is no Service honeydue\/web[.;]/,
    fix: /^Add the Service, or use one of /,
  },
  {
    what: 'the Service has another port',
    fault: object('Service', 'web', '"port":3000', '"port":80'),
    key: 'service',
    reason: 'Service honeydue/web has no port 3000 (TCP); it has 80.',
    fix: 'Connect to port 80, or add port 3000 to spec.ports of the Service.',
  },
  {
    what: 'the selector matches no pods',
    fault: object(
      'Service',
      'web',
      '"selector":{"app.kubernetes.io/name":"web"}',
      '"selector":{"app":"web"}',
    ),
    key: 'endpoints',
    reason: 'The selector app=web of Service honeydue/web matches no pod, so the Service has no endpoint.',
    fix: /^Set the selector to the labels of the pods: /,
  },
  {
    what: 'the workload has no replicas',
    fault: object('Deployment', 'web', '"replicas":3', '"replicas":0'),
    key: 'endpoints',
    reason: 'The selector app.kubernetes.io/name=web matches only Deployment honeydue/web, with 0 replicas.',
    fix: 'Set replicas to at least 1.',
  },
  {
    what: 'the target port is wrong',
    fault: object('Service', 'web', '"targetPort":3000', '"targetPort":8080'),
    key: 'target-port',
    reason:
      /^The target port is 8080, but the containers of Deployment honeydue\/web list 3000( \(\w+\))?: the connection is refused\.$/,
    fix: /^Set targetPort to 3000/,
  },
  {
    what: 'no policy allows the ingress',
    fault: object('NetworkPolicy', 'allow-ingress-to-web', ''),
    key: 'ingress-policy',
    reason:
      'NetworkPolicy honeydue/default-deny isolates Deployment honeydue/web for ingress, and no rule allows connections from Traefik on 3000 TCP.',
    fix: /^Add a NetworkPolicy that selects Deployment honeydue\/web and has this ingress rule: \{ from: \[\{ ipBlock: \{ cidr: 10\.42\.0\.0\/32 \} \}/,
  },
  {
    what: 'no policy allows the egress',
    fault: object('NetworkPolicy', 'allow-egress-from-api', ''),
    request: 'api redis',
    key: 'egress-policy',
    reason: /no rule allows connections to Deployment honeydue\/redis on 6379 TCP\.$/,
    fix: 'Add redis to connectsTo of api in config/production.yaml. The policies of both ends are generated from connectsTo.',
  },
  {
    what: 'no policy allows lookups',
    fault: object('NetworkPolicy', 'allow-dns', ''),
    request: 'api redis',
    key: 'name-lookup',
    reason: /no rule allows connections to the cluster's DNS on 53 UDP\.$/,
    fix: /./,
  },
];

describe('what stops a request is named, and what lets it through', () => {
  test('without a mistake nothing stops it', () => {
    expect([traced(url).outcome, traced('api redis').outcome]).toEqual(['arrives', 'arrives']);
  });

  test.each(faults)('$what', ({ fault, request = url, key, reason, fix }) => {
    const exactly = (text: string | RegExp) =>
      typeof text === 'string' ? text : (expect.stringMatching(text) as unknown);
    expect(stopOf(tracedWith(fault, request))).toEqual({
      outcome: 'stopped',
      key,
      reason: exactly(reason),
      fix: exactly(fix),
    });
  });
});
