import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudflareOptions } from '../../../../lib/operations/cloudflare/api';
import { fixtures } from '../../../support/configuration';
import { StandInCloudflare } from '../../../support/stand-ins/cloudflare';
import { cloudflareId, type StandInZone } from '../../../support/stand-ins/cloudflare-zone';
import { nodes } from './asking';

export const cloudflareToken = 'c'.repeat(40);
export const zoneId = cloudflareId(1);

/** Cloudflare's ranges, as the configuration has them. */
const list = JSON.parse(readFileSync(join(fixtures, 'cloudflare-ip-ranges.json'), 'utf8')) as Record<
  'ipv4' | 'ipv6',
  string[]
>;
export const proxyRanges = { ipv4_cidrs: list.ipv4, ipv6_cidrs: list.ipv6 };

const hosts = ['admin', 'api', 'app'].map((name) => `${name}.myhoneydue.com`).concat('myhoneydue.com');

/** The id of the record of a host and a node, as `runningZone` numbers them. */
export function recordIdOf(host: string, node: number): string {
  return cloudflareId(100 + hosts.indexOf(host) * 10 + node);
}

const phases = ['http_request_firewall_custom', 'http_ratelimit', 'http_request_cache_settings'];

/** Production's zone: a record for each host and node, and the rulesets that the dashboard made. */
export function runningZone(): StandInZone {
  return {
    ...{ id: zoneId, name: 'myhoneydue.com', account: 'a' },
    records: hosts.flatMap((host) =>
      nodes.map(({ address }, index) => ({
        ...{ id: recordIdOf(host, index), name: host, type: 'A', content: address, proxied: true },
      })),
    ),
    rulesets: [
      { ...{ id: cloudflareId(2), name: 'managed', kind: 'managed' }, phase: 'ddos_l7', rules: [] },
      ...phases.map((phase, index) => ({
        ...{ id: cloudflareId(10 + index), name: 'default', kind: 'zone', phase, rules: [] },
      })),
    ],
    settings: {
      ...{ ssl: 'full', min_tls_version: '1.0', always_use_https: 'on' },
      security_header: { strict_transport_security: { enabled: false } },
    },
  };
}

/** Runs `use` with Cloudflare's API on loopback, and with how a source reaches it. */
export async function withCloudflare(
  zones: readonly StandInZone[],
  use: (options: CloudflareOptions, standIn: StandInCloudflare) => Promise<unknown>,
  answer?: StandInCloudflare['answer'],
): Promise<void> {
  const standIn = await new StandInCloudflare(zones, cloudflareToken).start();
  standIn.proxyRanges = proxyRanges;
  if (answer !== undefined) standIn.answer = answer;
  try {
    await use({ endpoint: standIn.endpoint, sleep: async () => undefined }, standIn);
    expect(standIn.requests.filter((line) => !line.startsWith('GET '))).toEqual([]);
  } finally {
    await standIn.stop();
  }
}
