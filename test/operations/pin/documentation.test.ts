import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/configuration';
import { imageFor } from '../../support/registry/images';
import { repositories, withPinning } from './pinning';

const page = readFileSync(join(root, 'docs', 'tasks', 'pin-images.md'), 'utf8');
const commands = [...page.matchAll(/^npx honeydue pin(.*?)(?: +#.*)?$/gm)].map(([, args = '']) =>
  args.trim(),
);

test('docs/tasks/pin-images.md shows commands', () => {
  expect(commands).toEqual(['', 'redis', 'api=3f2c1ab', '--check']);
});

test('each of them succeeds, one after the other', () =>
  withPinning(async ({ registry, pin, lock }) => {
    const image = { amd64: imageFor('amd64') };
    for (const [name, tag] of Object.entries({ api: '237c6b8', redis: '7-alpine' }))
      registry.push(repositories[name as keyof typeof repositories], tag, image);
    registry.push(repositories.api, '3f2c1ab', { amd64: imageFor('amd64', '2') });
    for (const command of commands) {
      const args = command === '' ? [] : command.split(' ');
      expect([command, await pin(...args)]).toMatchObject([command, { status: 0, stderr: '' }]);
    }
    expect(lock()['api']?.tag).toBe('3f2c1ab');
  }));

test('the lock file has the keys that the page shows', () =>
  withPinning(async ({ registry, pin, lock }) => {
    registry.push(repositories.redis, '7-alpine', { amd64: imageFor('amd64') });
    await pin('redis');
    const shown = [...page.matchAll(/^ {2}(\w+):/gm)].map(([, key]) => key);
    expect(Object.keys(lock()['redis'] ?? {}).sort()).toEqual(shown.sort());
  }));
