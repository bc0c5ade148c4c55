import { cloudflareSource } from '../../../../lib/operations/adopt/cloudflare/source';
import { answering } from '../../../support/stand-ins/bad-days';
import { fail } from '../../../support/stand-ins/cloudflare';
import { cloudflareId } from '../../../support/stand-ins/cloudflare-zone';
import { ask, deployment, left, stated } from './asking';
import { cloudflareToken, recordIdOf, runningZone, withCloudflare, zoneId } from './cloudflare-case';

const environment = { CLOUDFLARE_API_TOKEN: cloudflareToken };
const record = (host: string, node: number) => `adopt.records["${host}"].hetzner${node}`;

test('the ids of the zone, its records and its rulesets are found', () =>
  withCloudflare([runningZone()], async (options) => {
    const { answers, notAsked } = await ask(cloudflareSource(options), environment);
    expect(notAsked).toBeUndefined();
    expect(Object.values(answers).map((each) => (each as { kind: string }).kind)).toEqual(
      Array<string>(16).fill('found'),
    );
    expect(answers).toMatchObject({
      ...stated('edge.cloudflare.zoneId', zoneId),
      ...stated(record('api.myhoneydue.com', 1), recordIdOf('api.myhoneydue.com', 0)),
      ...stated(record('api.myhoneydue.com', 3), recordIdOf('api.myhoneydue.com', 2)),
      ...stated(record('myhoneydue.com', 2), recordIdOf('myhoneydue.com', 1)),
      ...stated('adopt.rulesets.customRules', cloudflareId(10)),
      ...stated('adopt.rulesets.rateLimit', cloudflareId(11)),
      ...stated('adopt.rulesets.cacheRules', cloudflareId(12)),
    });
  }));

test('a zone whose id is stated is not looked up', () => {
  const { edge } = deployment;
  if (edge?.cloudflare === undefined) throw new Error('production has no Cloudflare');
  const known = { ...deployment, edge: { ...edge, cloudflare: { ...edge.cloudflare, zoneId } } };
  return withCloudflare([runningZone()], async (options, { requests }) => {
    await ask(cloudflareSource(options), environment, { deployment: known });
    expect(requests.filter((line) => line.startsWith('GET zones?'))).toEqual([]);
  });
});

test('zones of one name in two accounts are an ambiguity, with both', () =>
  withCloudflare(
    [runningZone(), { ...runningZone(), id: cloudflareId(9), account: 'b' }],
    async (options) => {
      const { answers } = await ask(cloudflareSource(options), environment);
      const candidates = [
        `${zoneId} (of the account account a)`,
        `${cloudflareId(9)} (of the account account b)`,
      ];
      expect(answers).toMatchObject({
        ...left('edge.cloudflare.zoneId', 'ambiguous', 'there are several answers', candidates),
        ...left(record('api.myhoneydue.com', 1), 'ambiguous', 'there are several answers', candidates),
      });
    },
  ));

test('a token that sees no zone says so', () =>
  withCloudflare([], async (options) => {
    const { answers } = await ask(cloudflareSource(options), environment);
    const reason =
      'sees no zone myhoneydue.com; give the token the permission Zone, Zone, Read for this zone';
    expect(answers).toMatchObject({
      ...left('edge.cloudflare.zoneId', 'missing', reason),
      ...left('adopt.rulesets.rateLimit', 'missing', reason),
    });
  }));

test('a record that points elsewhere is not taken, and is named', () => {
  const zone = runningZone();
  zone.records.splice(
    zone.records.findIndex(({ id }) => id === recordIdOf('app.myhoneydue.com', 0)),
    1,
    {
      ...{ id: cloudflareId(99), name: 'app.myhoneydue.com', type: 'CNAME', content: 'pages.example.com' },
    },
  );
  return withCloudflare([zone], async (options) => {
    const { answers } = await ask(cloudflareSource(options), environment);
    expect(answers).toMatchObject(
      left(
        record('app.myhoneydue.com', 1),
        'missing',
        "app.myhoneydue.com has CNAME pages.example.com, A 178.105.32.198, A 178.104.249.189, and no A record with hetzner1's address 178.104.247.152; remove the entry, and Terraform creates the record",
      ),
    );
  });
});

test('a phase without a ruleset says so', () => {
  const zone = runningZone();
  zone.rulesets.pop();
  return withCloudflare([zone], async (options) => {
    const { answers } = await ask(cloudflareSource(options), environment);
    expect(answers).toMatchObject(
      left(
        'adopt.rulesets.cacheRules',
        'missing',
        'the zone has no ruleset of the phase http_request_cache_settings; remove the entry, and Terraform creates it',
      ),
    );
  });
});

test('what a token may not read is left out, and the rest is found', () =>
  withCloudflare(
    [runningZone()],
    async (options) => {
      const { answers } = await ask(cloudflareSource(options), environment);
      expect(answers).toMatchObject({
        ...stated('edge.cloudflare.zoneId', zoneId),
        ...stated('adopt.rulesets.rateLimit', cloudflareId(11)),
        ...left(
          record('api.myhoneydue.com', 1),
          'not-allowed',
          'read the DNS records of the zone (403); give the token the permission Zone, DNS, Read',
        ),
      });
    },
    ({ url }, response) => {
      if (url?.includes('dns_records') !== true) return;
      fail(response, 403, 10000);
      return true;
    },
  ));

test.each([
  ['no token', {}, undefined, 'no-source', 'CLOUDFLARE_API_TOKEN is not set; set it to an API token'],
  ['a line break', { CLOUDFLARE_API_TOKEN: 'a\nb' }, undefined, 'no-source', 'holds a space, a line break'],
  [
    'another token',
    { CLOUDFLARE_API_TOKEN: 'x' },
    undefined,
    'not-allowed',
    'refuses the token in CLOUDFLARE_',
  ],
  ['429', environment, answering(429), 'no-source', 'reports too many requests (429)'],
  ['500', environment, answering(500), 'no-source', 'answers with an error (500)'],
])('%s is the reason of each value', (_, given, answer, failure, reason) =>
  withCloudflare(
    [runningZone()],
    async (options) => {
      const { answers } = await ask(cloudflareSource(options), given);
      expect(Object.keys(answers)).toHaveLength(16);
      for (const path of Object.keys(answers)) expect(answers).toMatchObject(left(path, failure, reason));
    },
    answer,
  ),
);
