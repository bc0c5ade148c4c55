import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { runLive } from '../../support/command';
import { editedLock } from '../../support/configuration';
import { imageFor } from '../../support/registry/images';
import { type Pinning, repositories, withPinning } from './pinning';

const [one, two] = ['1', '2'].map((version) => ({
  amd64: imageFor('amd64', version),
  arm64: imageFor('arm64', version),
})) as [
  Record<'amd64' | 'arm64', ReturnType<typeof imageFor>>,
  Record<'amd64' | 'arm64', ReturnType<typeof imageFor>>,
];
const { api, redis } = repositories;

describe('pin', () => {
  test('locks the digest of the index and that of the architecture of the nodes', () =>
    withPinning(async ({ registry, pin, lock }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      expect(await pin('redis')).toMatchObject({ status: 0, stderr: '' });
      expect(lock()['redis']).toEqual({
        tag: '7-alpine',
        digest,
        manifests: { amd64: one.amd64.manifest.digest },
      });
    }));

  test('leaves every other byte of the lock file', () =>
    withPinning(async ({ registry, pin, text }) => {
      const before = text('images.lock.yaml');
      const { digest } = registry.push(redis, '7-alpine', one);
      await pin('redis');
      const manifests = `  manifests: { amd64: ${one.amd64.manifest.digest} }\n`;
      const [head, tail] = before.split(/ {2}digest:[^\n]*\n[^\n]*app\.kubernetes\.io\/name=redis[^\n]*\n/);
      expect(text('images.lock.yaml')).toBe(`${head}  digest: ${digest}\n${manifests}${tail}`);
    }));

  test('changes nothing where nothing moved', () =>
    withPinning(async ({ registry, pin, text }) => {
      registry.push(redis, '7-alpine', one);
      await pin('redis');
      const before = text('images.lock.yaml');
      registry.requests.length = 0;
      expect(await pin('redis')).toEqual({
        status: 0,
        stdout: '1 unchanged; nothing was written.\n',
        stderr: '',
      });
      expect(text('images.lock.yaml')).toBe(before);
      expect(registry.requests).toEqual([`HEAD /v2/${redis}/manifests/7-alpine`]);
    }));

  test('shows what moved, and what that restarts', () =>
    withPinning(async ({ registry, pin, lock }) => {
      const before = registry.push(redis, '7-alpine', one).digest;
      await pin('redis');
      const after = registry.push(redis, '7-alpine', two).digest;
      const { stdout } = await pin('redis');
      expect(stdout).toContain(`${before.slice(0, 19)} -> ${after.slice(0, 19)}`);
      expect(stdout).toContain('The next apply restarts redis;');
      expect(lock()['redis']?.digest).toBe(after);
    }));

  test('keeps the digest where only other architectures moved', () =>
    withPinning(async ({ registry, pin, lock }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      await pin('redis');
      registry.push(redis, '7-alpine', { amd64: one.amd64, arm64: two.arm64 });
      const { status, stdout } = await pin('redis');
      expect(status).toBe(0);
      expect(stdout).toContain('kept: changed only for architectures that no node has');
      expect(stdout).not.toContain('restarts');
      expect(lock()['redis']).toEqual({
        tag: '7-alpine',
        digest,
        manifests: { amd64: one.amd64.manifest.digest },
      });
    }));

  test('keeps a digest that was locked by hand where only other architectures moved', () =>
    withPinning(async ({ registry, pin, lock, config }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      const byHand = `redis:\n  tag: 7-alpine\n  digest: ${digest}\n`;
      writeFileSync(join(dirname(config), 'images.lock.yaml'), byHand);
      registry.push(redis, '7-alpine', { amd64: one.amd64, arm64: two.arm64 });
      await pin('redis');
      expect(lock()['redis']).toEqual({
        tag: '7-alpine',
        digest,
        manifests: { amd64: one.amd64.manifest.digest },
      });
    }));

  test('moves to the new index where the registry has lost the locked one', () =>
    withPinning(async ({ registry, pin, lock }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      await pin('redis');
      const after = registry.push(redis, '7-alpine', { amd64: one.amd64, arm64: two.arm64 }).digest;
      registry.remove(redis, digest);
      await pin('redis');
      expect(lock()['redis']?.digest).toBe(after);
    }));

  test('makes a lock file that is missing', () =>
    withPinning(async ({ registry, pin, lock, config }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      rmSync(join(dirname(config), 'images.lock.yaml'));
      await pin('redis');
      expect(lock()).toEqual({
        redis: { tag: '7-alpine', digest, manifests: { amd64: one.amd64.manifest.digest } },
      });
    }));

  test('looks up every image that has a tag, and counts those that have none', () =>
    withPinning(async ({ registry, pin }) => {
      registry.push(redis, '7-alpine', one);
      registry.push(api, '237c6b8', one);
      const { stdout, status } = await pin();
      expect(status).toBe(0);
      expect(stdout).toMatch(/^2 pinned, 9 unresolved; .*images\.lock\.yaml written\.$/m);
    }));
});

describe('pin api=TAG', () => {
  test('writes the tag and the digest, and the configuration is valid', () =>
    withPinning(async ({ registry, pin, text, lock, config }) => {
      const before = text('production.yaml');
      const { digest } = registry.push(api, '3f2c1ab', two);
      const { status, stdout } = await pin('api=3f2c1ab');
      expect(status).toBe(0);
      expect(stdout).toContain('237c6b8 -> 3f2c1ab');
      expect(text('production.yaml')).toBe(before.replace('tag: "237c6b8"', 'tag: "3f2c1ab"'));
      expect(lock()['api']).toMatchObject({ tag: '3f2c1ab', digest });
      expect(loadConfiguration(config).lock['api']).toMatchObject({ tag: '3f2c1ab', digest });
    }));

  test('states a tag that is unresolved', () =>
    withPinning(
      async ({ registry, pin, text, lock }) => {
        const { digest } = registry.push(redis, '8-alpine', two);
        await pin('redis=8-alpine');
        expect(text('production.yaml')).toContain('    tag: 8-alpine # why\n  vmagent:');
        expect(lock()['redis']).toMatchObject({ tag: '8-alpine', digest });
      },
      [['    tag: 7-alpine', '    tag: # why\n      unresolved: ask the book']],
      editedLock([['  tag: 7-alpine\n', '']]),
    ));

  test('finishes what a killed run left: the tag in the configuration, the old one in the lock file', () =>
    withPinning(
      async ({ registry, pin, lock, config }) => {
        const { digest } = registry.push(api, '3f2c1ab', two);
        expect(() => loadConfiguration(config)).toThrow(/look the digest up again: npx honeydue pin api$/);
        await pin('api');
        expect(lock()['api']).toMatchObject({ tag: '3f2c1ab', digest });
        expect(() => loadConfiguration(config)).not.toThrow();
      },
      [['tag: "237c6b8"', 'tag: "3f2c1ab"']],
    ));
});

describe('pin refuses', () => {
  test('a tag that is gone, and writes nothing of the others', () =>
    withPinning(async ({ registry, pin, text }) => {
      const before = text('images.lock.yaml');
      registry.push(redis, '7-alpine', one);
      const { status, stderr, stdout } = await pin('redis', 'api=9999999');
      expect([status, stderr]).toEqual([1, `images.api: ${registry.host} has no 9999999 of ${api}.\n`]);
      expect(stdout).toContain('1 pinned, 1 failed; nothing was written.');
      expect(text('images.lock.yaml')).toBe(before);
    }));

  test('an image that is not built for the nodes', () =>
    withPinning(async ({ registry, pin }) => {
      registry.push(redis, '7-alpine', { arm64: one.arm64 });
      expect(await pin('redis')).toMatchObject({
        status: 1,
        stderr: `images.redis: ${registry.host}/library/redis:7-alpine is built for arm64 only, but the nodes need amd64; build the image for amd64.\n`,
      });
    }));

  test.each<[string, string[], string, number]>([
    ['an image that is not declared', ['rediss'], 'no image is called rediss; did you mean "redis"?', 2],
    [
      'an image without a tag',
      ['web'],
      'images.web.tag is unresolved; set the tag: npx honeydue pin web=TAG',
      2,
    ],
    ['an image twice', ['redis', 'redis=1'], 'redis is named twice', 2],
    ['what is no tag', ['api=a b'], 'A tag is 1 to 128 letters, digits', 2],
    ['no tag', ['api='], 'A tag is 1 to 128 letters, digits', 2],
    ['no name', ['=1'], 'It must be the name of an image, or IMAGE=TAG.', 2],
    [
      'a tag to compare with',
      ['api=1', '--check'],
      '--check compares the digests of the lock file and takes no tag: write IMAGE instead of IMAGE=TAG.',
      2,
    ],
  ])('%s', (_, args, message, code) =>
    withPinning(async ({ pin, registry }) => {
      const { status, stderr } = await pin(...args);
      expect([status, stderr.includes(message) || stderr]).toEqual([code, true]);
      expect(registry.requests).toEqual([]);
    }),
  );

  test('a tag that other images repeat', () =>
    withPinning(
      async ({ registry, pin, config }) => {
        registry.push(redis, '8', one);
        const { status, stderr } = await pin('redis=8');
        expect(status).toBe(1);
        expect(stderr).toMatch(
          /:\d+:\d+ images\.redis\.tag: has the anchor &redis, which aliases repeat; replace these aliases by the value\n/,
        );
        expect(stderr).toContain(config.slice(-'production.yaml'.length));
      },
      [['tag: 7-alpine', 'tag: &redis 7-alpine']],
    ));

  test('a configuration that is not valid, with every problem', () =>
    withPinning(
      async ({ pin }) => {
        const { status, stderr } = await pin();
        expect(status).toBe(1);
        expect(stderr).toMatch(/production\.yaml:\d+:\d+ images\.redis\.tag: is /);
      },
      [['tag: 7-alpine', 'tag: [7]']],
    ));

  test('to overwrite what was edited meanwhile', () =>
    withPinning(async ({ registry, pin, config, text }) => {
      registry.push(redis, '7-alpine', one);
      const lockFile = join(dirname(config), 'images.lock.yaml');
      registry.answer = () => {
        writeFileSync(lockFile, '# mine\n');
        return undefined;
      };
      expect(await pin('redis')).toMatchObject({
        status: 2,
        stderr: `${lockFile} was changed by another program during the lookup; nothing was written. Run the command again.\n`,
      });
      expect(text('images.lock.yaml')).toBe('# mine\n');
    }));
});

describe('pin --check', () => {
  test('succeeds where nothing moved for the nodes, and writes nothing', () =>
    withPinning(async ({ registry, pin, text }) => {
      registry.push(redis, '7-alpine', one);
      await pin('redis');
      const before = text('images.lock.yaml');
      registry.push(redis, '7-alpine', { amd64: one.amd64, arm64: two.arm64 });
      expect(await pin('redis', '--check')).toMatchObject({ status: 0 });
      expect(text('images.lock.yaml')).toBe(before);
    }));

  test('fails where a tag has moved', () =>
    withPinning(async ({ registry, pin, text }) => {
      registry.push(redis, '7-alpine', one);
      await pin('redis');
      const before = text('images.lock.yaml');
      registry.push(redis, '7-alpine', two);
      const { status, stdout } = await pin('redis', '--check');
      expect([status, stdout.split('\n').at(-2)]).toEqual([1, '1 moved; nothing was written.']);
      expect(text('images.lock.yaml')).toBe(before);
    }));

  test('prints JSON for programs', () =>
    withPinning(async ({ registry, pin }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      const { stdout } = await pin('redis', '--check', '--format', 'json');
      expect(JSON.parse(stdout)).toEqual({
        images: [
          {
            name: 'redis',
            repository: `${registry.host}/library/redis`,
            workloads: ['redis'],
            tag: '7-alpine',
            outcome: 'pinned',
            digest,
            manifests: { amd64: one.amd64.manifest.digest },
          },
        ],
        written: [],
      });
    }));
});

describe('pin of an environment', () => {
  const staging = `extends: production.yaml
images:
  api:
    tag: "3f2c1ab" # only here
`;

  /** An environment that states the tag of api, and not that of redis. */
  const withStaging = (
    use: (each: Pinning & { of: (file: string) => string; stage: Pinning['pin'] }) => Promise<void>,
  ) =>
    withPinning(async (pinning) => {
      const directory = dirname(pinning.config);
      writeFileSync(join(directory, 'staging.yaml'), staging);
      const of = (file: string) =>
        existsSync(join(directory, file)) ? readFileSync(join(directory, file), 'utf8') : '';
      const stage = (...args: string[]) =>
        runLive('pin', ...args, '--config', join(directory, 'staging.yaml'));
      await use({ ...pinning, of, stage });
    });

  test('locks an image next to the file that states its tag', () =>
    withStaging(async ({ registry, stage, of }) => {
      const { digest } = registry.push(api, '3f2c1ab', one);
      const before = [of('images.lock.yaml'), of('production.yaml')];
      expect(await stage('api')).toMatchObject({ status: 0, stderr: '' });
      expect(parse(of('staging.images.lock.yaml'))).toMatchObject({ api: { tag: '3f2c1ab', digest } });
      expect([of('images.lock.yaml'), of('production.yaml')]).toEqual(before);
      expect(await stage('api', '--check')).toMatchObject({ status: 0 });
    }));

  test('writes a new tag into the file that states it', () =>
    withStaging(async ({ registry, stage, of }) => {
      registry.push(api, '4a4a4a4', one);
      const before = of('production.yaml');
      expect(await stage('api=4a4a4a4')).toMatchObject({ status: 0, stderr: '' });
      expect(of('staging.yaml')).toBe(staging.replace('3f2c1ab', '4a4a4a4'));
      expect(of('production.yaml')).toBe(before);
    }));

  test('locks an image that it does not state where it is stated', () =>
    withStaging(async ({ registry, stage, of, lock }) => {
      const { digest } = registry.push(redis, '7-alpine', one);
      const { stdout } = await stage('redis');
      expect(stdout).toContain('images.lock.yaml');
      expect(lock()['redis']).toMatchObject({ tag: '7-alpine', digest });
      expect([of('staging.yaml'), of('staging.images.lock.yaml')]).toEqual([staging, '']);
    }));

  test('leaves the images of the extended file to it', () =>
    withStaging(async ({ registry, pin, lock, of }) => {
      const { digest } = registry.push(api, '237c6b8', two);
      await pin('api');
      expect(lock()['api']).toMatchObject({ tag: '237c6b8', digest });
      expect(of('staging.images.lock.yaml')).toBe('');
    }));

  test('names the file and the place of a lock file that is wrong', () =>
    withStaging(async ({ stage, config }) => {
      writeFileSync(join(dirname(config), 'staging.images.lock.yaml'), 'api: { digest: latest }\n');
      const { status, stderr } = await stage('api');
      expect(status).toBe(1);
      expect(stderr).toContain('staging.images.lock.yaml:1:16 api.digest');
    }));
});
