import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { pageOfDeployment } from '../../lib/cli/report/page';
import { synthesize } from '../../lib/cli/synthesize';
import { pictureFile } from '../../lib/report/page/assemble';
import { root } from '../support/configuration';

expect.extend({ toMatchFile });

describe('docs/report/picture.svg', () => {
  // If it fails: npm test -- docs/picture -u
  test("is production's picture", async () => {
    const synthesis = synthesize(join(root, 'config', 'production.yaml'), undefined, { allowExpired: true });
    expect(await pictureFile(pageOfDeployment(synthesis))).toMatchFile(
      join(root, 'docs', 'report', 'picture.svg'),
    );
  });

  test('is in the README', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('](docs/report/picture.svg)');
  });
});
