import { isGoInstalled } from '../../imports/terraform/provider-module';
import { synthesize } from '../../lib/cli/synthesize';
import { loadAdopted, planAdoption, writeAdoption } from '../../lib/operations/adopt/adopt';
import { hetznerSource } from '../../lib/operations/adopt/hetzner/source';
import { hetznerToken, runningProject, withHetzner } from '../operations/adopt/sources/hetzner-case';
import { edited, withDirectoryFor, writeConfiguration } from '../support/configuration';
import { isTerraformInstalled, Workspace } from './workspace';

const withProvider = isTerraformInstalled && isGoInstalled() ? test : test.skip;

withProvider(
  'Terraform imports what adopt found at Hetzner, and has nothing to destroy',
  () =>
    withHetzner(runningProject(), (options) =>
      withDirectoryFor(async (directory) => {
        const config = writeConfiguration(directory, edited([]));
        const environment = { HCLOUD_TOKEN: hetznerToken };
        const run = { ...loadAdopted(config), config, ssh: false, desired: undefined, environment };
        const { files, filled } = await planAdoption(run, [hetznerSource(options)]);
        expect(filled).toHaveLength(7);
        writeAdoption(files);
        // Of the variables only those are left that Hetzner does not answer.
        const workspace = new Workspace(options.endpoint ?? '', {
          hcloud_token: hetznerToken,
          access_networks: JSON.stringify(['84.20.10.7/32']),
        });
        try {
          workspace.write(synthesize(config));
          expect((await workspace.run('init')).status).toBe(0);
          const { status, text } = await workspace.run('plan', '-input=false');
          expect([
            status,
            /(\d+) to import, (\d+) to add, (\d+) to change, (\d+) to destroy/.exec(text)?.[0],
          ]).toEqual([0, '7 to import, 1 to add, 7 to change, 0 to destroy']);
        } finally {
          workspace.remove();
        }
      }),
    ),
  900_000,
);
