import { resourcesOf } from '../../../lib/documents/terraform';
import { newCluster } from '../../support/new-cluster';
import { production } from '../../support/production';
import { configurationOf } from '../../support/terraform';
import { differences, shapeOf } from './provider-schema';

const configuration = configurationOf(production);
const made = configurationOf(newCluster);
const all = [configuration, made].flatMap((each) => resourcesOf(each));

describe('every resource is what its provider takes', () => {
  test.each(all.map((resource) => [resource.address, resource] as const))('%s', (address, { type, body }) => {
    expect(differences(shapeOf(type), body, address)).toEqual([]);
  });

  test('and so is the zone, as data', () => {
    const { myhoneydue_com: zone } = configuration.data['cloudflare_zone'] ?? {};
    expect(differences(shapeOf('cloudflare_zone', true), zone, 'zone')).toEqual([]);
  });
});

describe('the comparison', () => {
  const server = { name: 'a', server_type: 'cx33' };
  const record = { name: 'a.example.com', type: 'A', ttl: 1, zone_id: 'z' };

  test.each<[string, Parameters<typeof differences>[1], string[]]>([
    ['hcloud_server', { name: 'a' }, ['it.server_type is missing']],
    ['hcloud_server', { ...server, servertype: 'cx33' }, ['it.servertype is unknown']],
    ['hcloud_server', { ...server, status: 'off' }, ['it.status is unknown']],
    ['hcloud_server', { ...server, public_net: { ipv4: 1 } }, ['it.public_net is no list']],
    [
      'hcloud_server',
      { ...server, public_net: [{ ipv4: 'x' }] },
      ['it.public_net[0].ipv4 is "x", and no number'],
    ],
    ['cloudflare_dns_record', { ...record, ttl: 'auto' }, ['it.ttl is "auto", and no number']],
    ['cloudflare_dns_record', { ...record, proxied: 'yes' }, ['it.proxied is "yes", and no bool']],
    [
      'cloudflare_ruleset',
      { kind: 'zone', name: 'r', phase: 'p', rules: [{ ratelimit: { period: 10 } }] },
      ['it.rules[0].ratelimit.characteristics is missing'],
    ],
  ])('of %s with %j says so', (type, body, said) => {
    expect(differences(shapeOf(type), body, 'it')).toEqual(expect.arrayContaining(said));
  });
});
