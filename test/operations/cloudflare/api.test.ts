import { CloudflareApi } from '../../../lib/operations/cloudflare/api';
import { type Answer, answering, cuttingBodies, cuttingConnections } from '../../support/stand-ins/bad-days';
import { fail, StandInCloudflare } from '../../support/stand-ins/cloudflare';
import { cloudflareId, type StandInZone } from '../../support/stand-ins/cloudflare-zone';

const token = 'c'.repeat(40);
const id = cloudflareId(1);
const waits: number[] = [];

const zone = (): StandInZone => ({
  ...{ id, name: 'example.com', account: 'a', settings: { ssl: 'full' } },
  records: [1, 2, 3, 4, 5].map((number) => ({
    ...{ id: cloudflareId(100 + number), name: `${number}.example.com`, type: 'A', content: '84.20.10.1' },
  })),
  rulesets: [1, 2, 3].map((number) => ({
    ...{ id: cloudflareId(200 + number), name: 'default', kind: 'zone', phase: `phase_${number}`, rules: [] },
  })),
});

async function withApi(
  use: (ask: (given?: string) => CloudflareApi, standIn: StandInCloudflare) => Promise<unknown>,
  answer: Answer = () => undefined,
): Promise<void> {
  waits.length = 0;
  const standIn = await new StandInCloudflare([zone()], token).start();
  Object.assign(standIn, { answer, largestPage: 2 });
  const sleep = async (time: number) => void waits.push(time);
  try {
    await use((given = token) => new CloudflareApi(given, { endpoint: standIn.endpoint, sleep }), standIn);
  } finally {
    await standIn.stop();
  }
}

test('numbered pages are all read', () =>
  withApi(async (ask, { requests }) => {
    expect((await ask().records(id)).map(({ name }) => name)).toHaveLength(5);
    expect(requests).toEqual([
      `GET zones/${id}/dns_records?per_page=100`,
      `GET zones/${id}/dns_records?per_page=100&page=2`,
      `GET zones/${id}/dns_records?per_page=100&page=3`,
    ]);
  }));

test('pages with a cursor are all read', () =>
  withApi(async (ask) => expect(await ask().rulesets(id)).toHaveLength(3)));

test('a cursor that never changes ends the list', () =>
  withApi(
    async (ask) => expect(await ask().rulesets(id)).toHaveLength(0),
    answering(200, {}, 9, '{"success":true,"result":[],"result_info":{"cursors":{"after":"x"}}}'),
  ));

test('a list is asked for once', () =>
  withApi(async (ask, { requests }) => {
    const api = ask();
    await Promise.all([api.zones('example.com'), api.zones('example.com')]);
    expect(requests).toHaveLength(1);
  }));

test('one ruleset has its rules', () =>
  withApi(async (ask) => expect(await ask().ruleset(id, cloudflareId(201))).toMatchObject({ rules: [] })));

test('a setting has its value', () =>
  withApi(async (ask) => expect(await ask().setting(id, 'ssl')).toMatchObject({ value: 'full' })));

test.each<[string, Answer, number[]]>([
  ['429 with Retry-After', answering(429, { 'retry-after': '7' }, 1), [7000]],
  ['502 for a moment', answering(502, {}, 2), [1000, 2000]],
  ['a connection that is cut', cuttingConnections(1), [1000]],
])('%s is waited for', (_, answer, expected) =>
  withApi(async (ask) => {
    expect(await ask().zones('example.com')).toHaveLength(1);
    expect(waits).toEqual(expected);
  }, answer),
);

const failing =
  (status: number, code: number): Answer =>
  (_, response) => {
    fail(response, status, code);
    return true;
  };

test.each<[string, Answer, string]>([
  ['401', failing(401, 1000), 'refuses the token in CLOUDFLARE_API_TOKEN (401); create an API token for'],
  ['a token of another form', failing(400, 6003), 'refuses the token in CLOUDFLARE_API_TOKEN (400); create'],
  [
    '403',
    failing(403, 10000),
    'does not let the token in CLOUDFLARE_API_TOKEN read the DNS records of the zone (403); give the token the permission Zone, DNS, Read',
  ],
  ['404', failing(404, 7003), 'has not the DNS records of the zone (404)'],
  ['429', answering(429), 'reports too many requests (429); run the command again later'],
  [
    '429 for five minutes',
    answering(429, { 'retry-after': '300' }),
    'answered 429 and asks to wait 300 s; run the command again after that',
  ],
  ['500', answering(500), 'answers with an error (500); run the command again later'],
  ['400', failing(400, 1004), 'answers 400 to a request for the DNS records of the zone'],
  ['200 that is no success', failing(200, 7000), 'reports an error for the DNS records of the zone (7000)'],
  [
    'a page of a proxy',
    answering(200, {}, 9, '<html>'),
    'sent an answer that is not JSON for the DNS records of the zone',
  ],
  [
    'no list',
    answering(200, {}, 9, '{"success":true,"result":{}}'),
    'for the DNS records of the zone is not a list',
  ],
  ['a connection that is always cut', cuttingConnections(), "can't be reached: "],
  [
    'a body that is cut',
    cuttingBodies,
    'closed the connection before the end of the answer; run the command again',
  ],
])('%s says what happened', (_, answer, message) =>
  withApi((ask) => expect(ask().records(id)).rejects.toThrow(message), answer),
);

test('a token with a line break is refused, and not shown', () => {
  const make = () => new CloudflareApi(`${token}\r\n`);
  expect(make).toThrow('CLOUDFLARE_API_TOKEN holds a space, a line break or another character');
  expect(make).not.toThrow(token);
});
