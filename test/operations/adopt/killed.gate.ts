import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killAtEachStep } from '../support/killed-run';
import { apiOf, podOf, runningObjects } from './running-objects';
import { withAdoptCase } from './stand-in-cluster';

const objects = runningObjects();
const everything = {
  api: apiOf(objects, [podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } })]),
};
const files = ['production.yaml', 'images.lock.yaml', 'production.cluster.lock.yaml'];

test(
  'adopt that is killed leaves each file whole, and a second run finishes it',
  () =>
    withAdoptCase(everything, async ({ directory, config, text, adopt }) => {
      const textsOf = () => files.map(text);
      const before = textsOf();
      await adopt('--yes');
      const after = textsOf();
      for (const [index, each] of after.entries()) expect(each).not.toBe(before[index]);
      const steps = await killAtEachStep({
        directory,
        words: ['adopt', '--yes', '--config', config],
        prepare: () => {
          for (const [index, name] of files.entries())
            writeFileSync(join(directory, name), before[index] ?? '');
          rmSync(join(directory, 'production.cluster.lock.yaml'));
        },
        check: () => {
          for (const [index, each] of textsOf().entries())
            expect([before[index], after[index]]).toContain(each);
        },
        finish: async () => {
          expect(await adopt('--yes')).toMatchObject({ status: 0 });
          expect(textsOf()).toEqual(after);
        },
      });
      expect(steps).toBe(6);
    }),
  240_000,
);
