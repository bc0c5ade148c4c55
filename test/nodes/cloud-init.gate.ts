import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudInit } from '../../lib/nodes/cloud-init';
import { withDirectory } from '../support/configuration';
import { available } from '../support/programs';
import { scriptOf } from './machine';

describe('the user-data of a new server', () => {
  (available('cloud-init') || process.env['CI'] !== undefined ? test : test.skip)(
    'passes cloud-init schema',
    () => {
      withDirectory((directory) => {
        const path = join(directory, 'user-data');
        writeFileSync(path, cloudInit(scriptOf(), [{ name: 'k3s-token', base64: 'dG9rZW4=' }]));
        const { status, stdout, stderr } = spawnSync('cloud-init', ['schema', '--config-file', path], {
          encoding: 'utf8',
        });
        expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('Valid')]);
      });
    },
  );
});
