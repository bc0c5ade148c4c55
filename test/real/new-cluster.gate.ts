import { isGoInstalled } from '../../imports/terraform/provider-module';
import type { Edit } from '../support/configuration';
import { type HetznerApi, startHetznerApi } from './hetzner/api';
import { Project } from './hetzner/project';
import { newCluster, newClusterWith, secrets } from './new-cluster';
import { isTerraformInstalled, Workspace } from './workspace';

// Skipped tests are counted in the summary of the run.
const withProvider = isTerraformInstalled && isGoInstalled() ? describe : describe.skip;

const third = /\n {2}shop3:\n(?: {4}.*\n)+/.exec(newCluster)?.[0] ?? '';
const withoutThird: Edit = [third, '\n'];
const unprotectedThird: Edit = [
  '    hostname: shop3\n',
  '    hostname: shop3\n    deleteProtection: false\n',
];

withProvider('a new cluster, made by the real provider', () => {
  const project = new Project();
  let api: HetznerApi;
  let workspace: Workspace;

  beforeAll(async () => {
    api = await startHetznerApi(project);
    workspace = new Workspace(api.endpoint, secrets);
    workspace.write(newClusterWith());
    const { status, text } = await workspace.run('init');
    if (status !== 0) throw new Error(text);
  }, 900_000);

  afterAll(async () => {
    workspace.remove();
    await api.close();
  });

  test('is a configuration that the provider takes', async () => {
    const { status, text } = await workspace.run('validate');
    expect([status, text]).toEqual([0, expect.stringContaining('Success')]);
  });

  test('is not begun while its servers can not be had', async () => {
    project.outOfStock.add('cx23');
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([status, text.replaceAll(/[│\s]+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(
        "Hetzner can't provide a cx23 in nbg1 at present, and the server shop1 does not exist yet",
      ),
    ]);
    expect(project.servers.size).toBe(0);
    project.outOfStock.clear();
  }, 120_000);

  test('comes up, and a second plan is empty', async () => {
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('Apply complete!')]);
    expect(project.servers.size).toBe(3);
    const plan = await workspace.run('plan', '-detailed-exitcode', '-input=false');
    expect([plan.status, plan.text]).toEqual([0, expect.stringContaining('No changes')]);
    expect(api.unknown).toEqual([]);
  }, 120_000);

  test('whose type is sold out: what runs is planned as before, and a node that would go is refused first', async () => {
    project.outOfStock.add('cx23');
    const same = await workspace.run('plan', '-detailed-exitcode', '-input=false');
    expect([same.status, same.text]).toEqual([0, expect.stringContaining('No changes')]);
    workspace.write(newClusterWith(unprotectedThird));
    const { status, text } = await workspace.run('plan', '-input=false');
    expect([status, text.replaceAll(/[│\s]+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(
        "Hetzner can't provide a cx23 in nbg1 at present, and this plan removes the deletion protection of shop3",
      ),
    ]);
    const wanted = await workspace.run('plan', '-input=false', '-var=without_successor=["shop3"]');
    expect([wanted.status, wanted.text]).toEqual([0, expect.stringMatching(/\d to change, 0 to destroy/)]);
    project.outOfStock.clear();
    workspace.write(newClusterWith());
  }, 120_000);

  test('keeps a node whose deletion is protected: one apply fails halfway', async () => {
    workspace.write(newClusterWith(withoutThird));
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([1, expect.stringContaining('server deletion is protected')]);
    expect([...project.servers.values()].map(({ name }) => name)).toContain('shop3');
  }, 120_000);

  test('loses a node in two applies, and the first removes the protection', async () => {
    workspace.write(newClusterWith(unprotectedThird));
    const first = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([first.status, first.text]).toEqual([0, expect.stringContaining('0 destroyed')]);
    workspace.write(newClusterWith(withoutThird));
    const second = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([second.status, second.text]).toEqual([0, expect.stringContaining('2 destroyed')]);
    expect([...project.servers.values()].map(({ name }) => name).sort()).toEqual(['shop1', 'shop2']);
    const plan = await workspace.run('plan', '-detailed-exitcode', '-input=false');
    expect([plan.status, plan.text]).toEqual([0, expect.stringContaining('No changes')]);
    expect(api.unknown).toEqual([]);
  }, 120_000);
});
