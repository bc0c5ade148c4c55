import { HetznerProject } from '../../../lib/operations/hetzner/project';
import { type HetznerApi, startHetznerApi } from '../../real/hetzner/api';
import { Project } from '../../real/hetzner/project';
import { type Answer, answering, cuttingBodies, cuttingConnections } from '../../support/stand-ins/bad-days';

const token = 'h'.repeat(64);
const waits: number[] = [];
const sleep = async (time: number) => void waits.push(time);

async function withProject(
  use: (ask: (given?: string) => HetznerProject, api: HetznerApi) => Promise<unknown>,
  answer?: Answer,
  networks = 1,
): Promise<void> {
  waits.length = 0;
  const project = new Project();
  for (let id = 1; id <= networks; id += 1)
    project.placementGroups.set(id, { id, name: `group-${id}`, labels: {}, type: 'spread' });
  const api = await startHetznerApi(project, { token, ...(answer && { answer }) });
  try {
    await use((given = token) => new HetznerProject(given, { endpoint: api.endpoint, sleep }), api);
  } finally {
    await api.close();
  }
}

test('all pages of a collection are read', () =>
  withProject(
    async (ask, { requests }) => {
      expect(await ask().list('placement_groups')).toHaveLength(120);
      expect(requests).toEqual([1, 2, 3].map((page) => `GET /placement_groups?page=${page}&per_page=50`));
    },
    undefined,
    120,
  ));

test('a collection is asked for once', () =>
  withProject(async (ask, { requests }) => {
    const project = ask();
    await Promise.all([project.list('servers'), project.list('servers')]);
    expect(requests).toHaveLength(1);
  }));

test('an empty collection has no resources', () =>
  withProject(async (ask) => expect(await ask().list('volumes')).toEqual([])));

test.each<[string, Answer, number[]]>([
  ['429 with Retry-After', answering(429, { 'retry-after': '7' }, 1), [7000]],
  ['500 for a moment', answering(500, {}, 2), [1000, 2000]],
  ['a connection that is cut', cuttingConnections(1), [1000]],
])('%s is waited for', (_, answer, expected) =>
  withProject(async (ask) => {
    expect(await ask().list('placement_groups')).toHaveLength(1);
    expect(waits).toEqual(expected);
  }, answer),
);

test.each<[string, Answer, string]>([
  [
    '401',
    answering(401, {}, 1, '{"error":{"code":"unauthorized","message":"unable to authenticate"}}'),
    "refuses the token in HCLOUD_TOKEN (401); create one with Read permission in the project's Hetzner Console",
  ],
  [
    '403',
    answering(403),
    'does not let the token in HCLOUD_TOKEN read the placement groups of the project (403); give the token the permission Read',
  ],
  ['429', answering(429), 'reports too many requests (429); run the command again later'],
  [
    '429 for an hour',
    answering(429, { 'retry-after': '3600' }),
    'answered 429 and asks to wait 3600 s; run the command again after that',
  ],
  ['500', answering(500), 'answers with an error (500); run the command again later'],
  ['400', answering(400), 'answers 400 to a request for the placement groups of the project'],
  ['a redirect', answering(302, { location: 'https://example.com/' }), 'answers 302 to a request'],
  [
    'a page of a proxy',
    answering(200, {}, 9, '<html>'),
    'sent an answer that is not JSON for the placement groups',
  ],
  ['another answer', answering(200, {}, 9, '{}'), "answer of Hetzner's API has no field placement_groups"],
  ['a connection that is always cut', cuttingConnections(), "can't be reached: "],
  [
    'a body that is cut',
    cuttingBodies,
    'closed the connection before the end of the answer; run the command again',
  ],
])('%s says what happened', (_, answer, message) =>
  withProject((ask) => expect(ask().list('placement_groups')).rejects.toThrow(message), answer),
);

test('the token leaves in one header alone', () => {
  const headers: string[] = [];
  return withProject(
    async (ask) => {
      await ask().list('servers');
      expect(headers.filter((each) => each.includes(token))).toEqual([`Bearer ${token}`]);
    },
    ({ rawHeaders, url }) => {
      headers.push(url ?? '', ...rawHeaders);
      return undefined;
    },
  );
});

test('a token with a line break is refused, and not shown', () => {
  const make = () => new HetznerProject(`${token}\n`);
  expect(make).toThrow('HCLOUD_TOKEN holds a space, a line break or another character that tokens don');
  expect(make).not.toThrow(token);
});

test('a token does not leave over HTTP', () => {
  expect(() => new HetznerProject(token, { endpoint: 'http://api.example.com/v1' })).toThrow(
    'is no https:// address',
  );
});
