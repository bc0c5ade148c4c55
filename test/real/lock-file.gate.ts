import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isGoInstalled } from '../../imports/terraform/provider-module';
import { lockedProviders } from '../../lib/terraform/lock-file';
import { newClusterWith, secrets } from './new-cluster';
import { isTerraformInstalled, Workspace } from './workspace';

// Skipped tests are counted in the summary of the run.
const withProvider = isTerraformInstalled && isGoInstalled() ? test : test.skip;

/** No command of this file asks Hetzner. */
const nobody = 'http://127.0.0.1:9/v1';

async function lockOfMirror(): Promise<string> {
  const workspace = new Workspace(nobody, secrets);
  try {
    workspace.write(newClusterWith());
    const { status, text } = await workspace.run('providers', 'lock', `-fs-mirror=${workspace.mirror}`);
    if (status !== 0) throw new Error(text);
    return readFileSync(join(workspace.stack, '.terraform.lock.hcl'), 'utf8');
  } finally {
    workspace.remove();
  }
}

withProvider(
  'a provider that is not the locked one is refused',
  async () => {
    const text = await lockOfMirror();
    expect(lockedProviders(text)).toMatchObject([{ source: 'hetznercloud/hcloud', version: '1.68.0' }]);
    const workspace = new Workspace(nobody, secrets, { file: 'terraform.lock.hcl', text });
    try {
      workspace.write(newClusterWith());
      const first = await workspace.run('init', '-lockfile=readonly');
      expect([first.status, first.text]).toEqual([0, expect.stringContaining('successfully initialized')]);
      appendFileSync(workspace.program, 'another program');
      rmSync(join(workspace.stack, '.terraform'), { recursive: true });
      const second = await workspace.run('init', '-lockfile=readonly');
      expect([second.status, second.text]).toEqual([1, expect.stringContaining('checksum')]);
    } finally {
      workspace.remove();
    }
  },
  900_000,
);
