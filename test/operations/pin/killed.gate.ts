import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageFor } from '../../support/registry/images';
import { killAtEachStep } from '../support/killed-run';
import { repositories, withPinning } from './pinning';

const files = ['production.yaml', 'images.lock.yaml'] as const;

test(
  'pin that is killed leaves each file whole, and a second run finishes it',
  () =>
    withPinning(async ({ registry, directory, config, pin, text }) => {
      registry.push(repositories.api, '3f2c1ab', { amd64: imageFor('amd64') });
      const textsOf = () => files.map(text);
      const before = textsOf();
      await pin('api=3f2c1ab');
      const after = textsOf();
      for (const [index, each] of after.entries()) expect(each).not.toBe(before[index]);
      const steps = await killAtEachStep({
        directory,
        words: ['pin', 'api=3f2c1ab', '--config', config],
        prepare: () => {
          for (const [index, name] of files.entries())
            writeFileSync(join(directory, name), before[index] ?? '');
        },
        check: () => {
          for (const [index, each] of textsOf().entries())
            expect([before[index], after[index]]).toContain(each);
        },
        finish: async () => {
          expect(await pin('api=3f2c1ab')).toMatchObject({ status: 0 });
          expect(textsOf()).toEqual(after);
        },
      });
      expect(steps).toBe(4);
    }),
  240_000,
);
