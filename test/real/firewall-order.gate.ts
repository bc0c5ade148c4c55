import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isGoInstalled } from '../../imports/terraform/provider-module';
import { terraformSteps } from '../../lib/operations/tools/terraform-steps';
import type { Edit } from '../support/configuration';
import { type HetznerApi, startHetznerApi } from './hetzner/api';
import { Project } from './hetzner/project';
import { newClusterWith, secrets } from './new-cluster';
import { isTerraformInstalled, Workspace } from './workspace';

// Skipped tests are counted in the summary of the run.
const withProvider = isTerraformInstalled && isGoInstalled() ? describe : describe.skip;

const twoPorts: Edit = ['  sshPorts: [2222]\n', '  sshPorts: [2222, 2223]\n'];

withProvider('the firewall of a cluster that runs', () => {
  const project = new Project();
  let api: HetznerApi;
  let workspace: Workspace;
  let out: string;

  beforeAll(async () => {
    api = await startHetznerApi(project);
    workspace = new Workspace(api.endpoint, secrets);
    out = join(workspace.directory, 'out');
    mkdirSync(out);
    symlinkSync(workspace.directory, join(out, 'terraform'));
    workspace.write(newClusterWith());
    for (const command of [['init'], ['apply', '-auto-approve', '-input=false']]) {
      const { status, text } = await workspace.run(...command);
      if (status !== 0) throw new Error(text);
    }
    Object.assign(process.env, workspace.environment);
  }, 900_000);

  afterAll(async () => {
    workspace.remove();
    await api.close();
  });

  /** The steps after another description, by their place. */
  async function steps(...edits: Edit[]): Promise<string[]> {
    workspace.write(newClusterWith(...edits));
    const path = 'stack/cdk.tf.json';
    const text = readFileSync(join(workspace.directory, path), 'utf8');
    const tokens = { TF_VAR_hcloud_token: 'set', TF_VAR_cloudflare_api_token: 'set' };
    const { steps: found } = await terraformSteps(out, { path, text }, tokens);
    return found.flatMap((step) =>
      (step.notAsked ?? step.found)
        .toString()
        .split(',')
        .map((each) => `${step.when}: ${each}`),
    );
  }

  test('opens a port before the manifests', async () => {
    expect(await steps(twoPorts)).toEqual(['before: update hcloud_firewall.nodes']);
  }, 120_000);

  test('closes a port after them', async () => {
    workspace.write(newClusterWith(twoPorts));
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    if (status !== 0) throw new Error(text);
    expect(await steps()).toEqual(['after: update hcloud_firewall.nodes']);
  }, 120_000);
});
