import { Registry, type RegistryOptions } from '../../../lib/operations/registry/registry';
import { content, imageFor } from '../../support/registry/images';
import { login, type StandInOptions, StandInRegistry } from '../../support/registry/stand-in';
import { type Answer, answering, cuttingBodies, cuttingConnections } from '../../support/stand-ins/bad-days';

const waits: number[] = [];
const known: RegistryOptions = {
  credentials: async () => login,
  sleep: async (time) => void waits.push(time),
};
const anonymous: RegistryOptions = { ...known, credentials: async () => undefined };
const images = { amd64: imageFor('amd64'), arm64: imageFor('arm64'), unknown: imageFor('unknown') };

async function withRegistry<Result>(
  use: (registry: StandInRegistry, digest: string) => Promise<Result>,
  options: StandInOptions = {},
  answer: Answer = () => undefined,
): Promise<Result> {
  waits.length = 0;
  const standIn = await new StandInRegistry(options).start();
  const { digest } = standIn.push('team/api', 'v1', images);
  standIn.answer = answer;
  try {
    return await use(standIn, digest);
  } finally {
    await standIn.stop();
  }
}

const resolve = ({ host }: StandInRegistry, options = known, tag = 'v1') =>
  new Registry(`${host}/team/api`, options).resolve(tag);

describe('a tag', () => {
  test.each<[string, StandInOptions, RegistryOptions]>([
    ['without a login', {}, anonymous],
    ['with a password', { challenge: 'basic' }, known],
    ['with a token for a login', { challenge: 'bearer' }, known],
    ['with a token for everybody', { challenge: 'bearer', isPublic: true }, anonymous],
    ['at Gitea, which offers both', { challenge: 'gitea' }, known],
  ])('names a digest %s', (_, options, registry) =>
    withRegistry(async (standIn, digest) => {
      expect(await resolve(standIn, registry)).toBe(digest);
    }, options),
  );

  test('is asked for by HEAD alone, which is not a pull', () =>
    withRegistry(async (standIn) => {
      await resolve(standIn);
      expect(standIn.requests).toEqual(['HEAD /v2/team/api/manifests/v1']);
    }));

  test.each([400, 403, 405, 501])('is asked for by GET where HEAD is answered with %d', (status) =>
    withRegistry(
      async (standIn, digest) => {
        expect(await resolve(standIn)).toBe(digest);
        expect(standIn.requests).toEqual(['HEAD /v2/team/api/manifests/v1', 'GET /v2/team/api/manifests/v1']);
      },
      {},
      ({ method }, response) => {
        if (method !== 'HEAD') return;
        response.writeHead(status).end();
        return true;
      },
    ),
  );
});

describe('manifests', () => {
  const ask = ({ host }: StandInRegistry, digest: string) =>
    new Registry(`${host}/team/api`, known).manifests(digest);

  test('of an index are those of its architectures', () =>
    withRegistry(async (standIn, digest) => {
      expect(await ask(standIn, digest)).toEqual({
        amd64: images.amd64.manifest.digest,
        arm64: images.arm64.manifest.digest,
      });
    }));

  test('of a single image are its own, for the architecture that its configuration states', () =>
    withRegistry(async (standIn) => {
      const image = imageFor('arm64', '2');
      standIn.keep('team/api', 'v2', image.manifest, image);
      expect(await ask(standIn, image.manifest.digest)).toEqual({ arm64: image.manifest.digest });
    }));

  test('of another digest than the one that was asked for are refused', () =>
    withRegistry(async (standIn, digest) => {
      standIn.answer = (_, response) => {
        response.writeHead(200, { 'content-type': images.amd64.manifest.type }).end('{}');
        return true;
      };
      await expect(ask(standIn, digest)).rejects.toThrow(
        `sent content that does not match the digest ${digest}`,
      );
    }));

  test('of a type that no kubelet runs are refused', () =>
    withRegistry(async (standIn) => {
      const old = content('application/vnd.docker.distribution.manifest.v1+prettyjws', '{}');
      standIn.keep('team/api', 'v0', old);
      await expect(ask(standIn, old.digest)).rejects.toThrow(
        'the manifest has the type application/vnd.docker.distribution.manifest.v1+prettyjws, which Kubernetes does not support',
      );
    }));
});

const indexType = 'application/vnd.oci.image.index.v1+json';

describe('an answer in another form is refused', () => {
  test.each<[string, string | object, string]>([
    ['null', 'null', 'is not a JSON object'],
    ['no JSON', '<html>', 'is not a JSON object'],
    ['an index without a list', { manifests: 'x' }, 'the manifest has no image configuration'],
    [
      'a manifest whose configuration has no digest',
      { config: {} },
      'the manifest has no image configuration',
    ],
  ])('%s', (_, body, message) =>
    withRegistry((standIn) => {
      const kept = content(indexType, body);
      standIn.keep('team/api', 'v3', kept);
      const asked = new Registry(`${standIn.host}/team/api`, known).manifests(kept.digest);
      return expect(asked).rejects.toThrow(message);
    }),
  );

  test('a digest of an index that is none', () =>
    withRegistry(async (standIn) => {
      const platform = { os: 'linux', architecture: 'amd64' };
      const kept = content(indexType, { manifests: [{ digest: '../../x', platform }] });
      standIn.keep('team/api', 'v3', kept);
      const asked = new Registry(`${standIn.host}/team/api`, known).manifests(kept.digest);
      expect(await asked).toEqual({});
    }));

  test('a token that is null', () =>
    withRegistry(
      (standIn) => expect(resolve(standIn)).rejects.toThrow('issued no token (200)'),
      { challenge: 'bearer' },
      ({ url = '' }, response) => {
        if (!url.startsWith('/v2/token')) return;
        response.writeHead(200, { 'content-type': 'application/json' }).end('null');
        return true;
      },
    ));
});

describe('a bad day', () => {
  test.each<[string, Answer, number[]]>([
    ['429 with Retry-After in seconds', answering(429, { 'retry-after': '7' }, 2), [7000, 7000]],
    ['500 for a moment', answering(500, {}, 3), [1000, 2000, 4000]],
    ['a Retry-After that is no time', answering(503, { 'retry-after': '1.5' }, 1), [1000]],
    ['503 with Retry-After', answering(503, { 'retry-after': '3' }, 1), [3000]],
  ])('%s is waited for', (_, answer, expected) =>
    withRegistry(
      async (standIn, digest) => {
        expect(await resolve(standIn)).toBe(digest);
        expect(waits).toEqual(expected);
      },
      {},
      answer,
    ),
  );

  test('Retry-After as a date is waited for', () =>
    withRegistry(
      async (standIn, digest) => {
        expect(await resolve(standIn)).toBe(digest);
        expect(waits[0]).toBeGreaterThan(15_000);
        expect(waits[0]).toBeLessThanOrEqual(20_000);
      },
      {},
      (request, response) =>
        answering(
          429,
          { 'retry-after': new Date(Date.now() + 20_000).toUTCString() },
          waits.length === 0 ? 1 : 0,
        )(request, response),
    ));

  test('a connection that is cut once is opened again', () =>
    withRegistry(
      async (standIn, digest) => expect(await resolve(standIn)).toBe(digest),
      {},
      cuttingConnections(1),
    ));

  test.each<[string, Answer, string]>([
    [
      '403',
      answering(403),
      'does not let this login read team/api (403); log in as a user with read permission',
    ],
    ['429', answering(429), 'reports too many requests (429); run the command again later'],
    [
      '429 for an hour',
      answering(429, { 'retry-after': '3600' }),
      'answered 429 and asks to wait 3600 s; run the command again after that, or log in for a higher limit',
    ],
    ['500', answering(500), 'answers with an error (500); run the command again later'],
    ['a connection that is always cut', cuttingConnections(), "can't be reached: "],
    [
      'a body that is cut',
      cuttingBodies,
      'closed the connection before the end of the answer; run the command again',
    ],
  ])('%s says what happened', (_, answer, message) =>
    withRegistry((standIn) => expect(resolve(standIn)).rejects.toThrow(message), {}, answer),
  );

  test.each<[string, StandInOptions, RegistryOptions, string]>([
    [
      'no login',
      { challenge: 'basic' },
      anonymous,
      'asks for a login to read team/api (401); run: docker login 127.',
    ],
    [
      'a wrong password',
      { challenge: 'basic' },
      { ...known, credentials: async () => ({ user: 'a', password: 'b' }) },
      'does not let this login read team/api (401); log in as a user with read permission: docker login 127.',
    ],
    ['no login for a token', { challenge: 'bearer' }, anonymous, 'issues no token without a login (401)'],
    [
      'a wrong password for a token',
      { challenge: 'bearer' },
      { ...known, credentials: async () => ({ user: 'a', password: 'b' }) },
      'refuses the credentials (401)',
    ],
    ["nobody's token at Gitea", { challenge: 'gitea' }, anonymous, 'asks for a login to read team/api (401)'],
  ])('%s is refused', (_, options, registry, message) =>
    withRegistry((standIn) => expect(resolve(standIn, registry)).rejects.toThrow(message), options),
  );

  test('a tag that is gone is named', () =>
    withRegistry((standIn) =>
      expect(resolve(standIn, known, 'v9')).rejects.toThrow('has no v9 of team/api'),
    ));

  test('a password does not leave over HTTP', () =>
    withRegistry(
      (standIn) =>
        expect(resolve(standIn)).rejects.toThrow('names a token server that is not an https:// address'),
      {},
      (_, response) => {
        response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://auth.example.com/token"' }).end();
        return true;
      },
    ));
});
