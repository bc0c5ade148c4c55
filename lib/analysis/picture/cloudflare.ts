import type { Json, JsonMap } from '../../documents/kubernetes';
import type { TerraformResource } from '../../documents/terraform';
import type { PictureBox, PictureClaim, PicturePart } from './picture';
import { type PictureSources, resourcesIn } from './sources';

/** The phases of Cloudflare's rulesets, in the order in which they process a request. */
const phases: readonly (readonly [phase: string, title: string])[] = [
  ['http_request_firewall_custom', 'custom rules'],
  ['http_ratelimit', 'rate limit'],
  ['http_request_cache_settings', 'cache rules'],
];

/** The box of Cloudflare, with its records and rules. Undefined if no Terraform stack has Cloudflare resources. */
export function cloudflareBox(sources: PictureSources): PictureBox | undefined {
  const records = resourcesIn(sources, 'cloudflare_dns_record');
  const parts = [recordsPart(records), certificatePart(sources), ...rulesParts(sources)].filter(
    (part) => part !== undefined,
  );
  if (parts.length === 0) return undefined;
  return {
    ...{ id: 'cloudflare', kind: 'edge', layer: 'traffic', title: 'Cloudflare', details: [] },
    ...{ objects: [], claims: [], secrets: [], volumes: [], ports: [] },
    parts,
  };
}

function recordsPart(records: readonly TerraformResource[]): PicturePart | undefined {
  if (records.length === 0) return undefined;
  const names = [...new Set(records.map(({ body }) => String(body['name'])))].sort();
  const isProxied = records.every(({ body }) => body['proxied'] === true);
  return {
    ...{
      id: 'records',
      part: 'records',
      title: 'DNS records',
      objects: [...records.map(({ address }) => address), ...names],
    },
    details: [`${names.length} ${names.length === 1 ? 'host' : 'hosts'}${isProxied ? ', proxied' : ''}`],
    claims: records.map(({ address, body }) => ({
      sentence: `The DNS record ${body['name']} (${body['type']}) points to ${body['content']}${body['proxied'] === true ? ', proxied' : ', not proxied'}.`,
      evidence: { kind: 'resource', address, path: 'content' },
    })),
  };
}

/** The zone settings for TLS. Each function makes a sentence from the value. */
const settings: Readonly<Record<string, (value: string) => string>> = {
  ssl: (value) => `The TLS mode between Cloudflare and the nodes is ${value}.`,
  min_tls_version: (value) => `The minimum TLS version is ${value}.`,
  always_use_https: (value) => `The redirect from HTTP to HTTPS is ${value}.`,
};

function certificatePart(sources: PictureSources): PicturePart | undefined {
  const found = resourcesIn(sources, 'cloudflare_zone_setting').filter(
    ({ body }) => settings[String(body['setting_id'])] !== undefined,
  );
  const [certificate] = resourcesIn(sources, 'cloudflare_origin_ca_certificate');
  if (found.length === 0 && certificate === undefined) return undefined;
  const mode = found.find(({ body }) => body['setting_id'] === 'ssl')?.body['value'];
  return {
    ...{ id: 'certificate', part: 'certificate', title: 'TLS' },
    details: mode === undefined ? [] : [`mode ${mode}`],
    objects: [...found, ...(certificate === undefined ? [] : [certificate])].map(({ address }) => address),
    claims: [
      ...found.map(
        ({ address, body }): PictureClaim => ({
          sentence: settings[String(body['setting_id'])]?.(String(body['value'])) ?? '',
          evidence: { kind: 'resource', address, path: 'value' },
        }),
      ),
      ...(certificate === undefined
        ? []
        : [
            {
              sentence: `The origin certificate covers ${asList(certificate.body['hostnames']).join(', ')}.`,
              evidence: { kind: 'resource', address: certificate.address, path: 'hostnames' } as const,
            },
          ]),
    ],
  };
}

function rulesParts(sources: PictureSources): PicturePart[] {
  const rulesets = resourcesIn(sources, 'cloudflare_ruleset');
  return phases.flatMap(([phase, title]) => {
    const ruleset = rulesets.find(({ body }) => body['phase'] === phase);
    if (ruleset === undefined) return [];
    const rules = asList(ruleset.body['rules']).map((each) => each as JsonMap);
    return [
      {
        ...{ id: `rules:${phase}`, part: 'rules' as const, title, objects: [ruleset.address] },
        details: [rules.length === 1 ? '1 rule' : `${rules.length} rules`],
        claims: rules.map(
          (rule, index): PictureClaim => ({
            sentence: `Rule ${index + 1}: ${describeRule(rule)}.`,
            evidence: { kind: 'resource', address: ruleset.address, path: `rules[${index}].description` },
          }),
        ),
      },
    ];
  });
}

function describeRule({ description, action, enabled, ratelimit }: JsonMap): string {
  const { requests_per_period: requests, period } = (ratelimit ?? {}) as JsonMap;
  const limit = requests === undefined ? '' : ` after ${requests} requests in ${period} s`;
  return `${description} (${action}${limit}${enabled === false ? ', disabled' : ''})`;
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
