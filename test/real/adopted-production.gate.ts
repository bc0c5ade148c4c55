import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isGoInstalled } from '../../imports/terraform/provider-module';
import { synthesize } from '../../lib/cli/synthesize';
import { loadAdopted, planAdoption, writeAdoption } from '../../lib/operations/adopt/adopt';
import { cloudflareSource } from '../../lib/operations/adopt/cloudflare/source';
import { clusterSource } from '../../lib/operations/adopt/cluster/source';
import { hetznerSource } from '../../lib/operations/adopt/hetzner/source';
import { nodesSource } from '../../lib/operations/adopt/nodes/source';
import type { HetznerOptions } from '../../lib/operations/hetzner/project';
import { createIdentity } from '../../lib/operations/secrets/sops/data-key';
import { apiOf, podOf, runningObjects, secretLines } from '../operations/adopt/running-objects';
import { cloudflareToken, runningZone, withCloudflare } from '../operations/adopt/sources/cloudflare-case';
import { hetznerToken, runningProject, withHetzner } from '../operations/adopt/sources/hetzner-case';
import { withNodes } from '../operations/adopt/sources/nodes-case';
import { type AdoptCase, withAdoptCase } from '../operations/adopt/stand-in-cluster';
import { run } from '../support/command';
import { root } from '../support/configuration';
import { StandInRegistry } from '../support/registry/stand-in';
import { answerAsOperator, atRegistry, chosen, decided } from './operator-answers';
import { isTerraformInstalled, Workspace } from './workspace';

const withProvider = isTerraformInstalled && isGoInstalled() ? test : test.skip;
const production = readFileSync(join(root, 'config', 'production.yaml'), 'utf8');
const lock = readFileSync(join(root, 'config', 'images.lock.yaml'), 'utf8');

const pinned = Object.keys(chosen).flatMap((name) => [`images.${name}.tag`, `images.${name}.digest`]);
const generated = ['edge.cloudflare.certificateRequest', 'workloads.postgres-backup.publicKey'];

const objects = runningObjects();
const metrics = '/api/v1/namespaces/honeydue/pods/api-1:8000/proxy/api/metrics/';
const cluster = {
  api: {
    ...apiOf(objects, [
      podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } }),
      podOf('api', 'api-1', {}),
    ]),
    [metrics]: 'http_request_duration_seconds_bucket{le="1"} 2\n',
  },
  secrets: secretLines(objects),
};

/** Production's configuration, and what runs. */
interface RunningProduction extends AdoptCase {
  readonly hetzner: HetznerOptions;
  /** Fills in what any source knows, and returns the paths that are left. */
  readonly adoptAll: () => Promise<string[]>;
}

/** Runs `use` with production's configuration, and with stand-ins of everything that `adopt` reads. */
async function withRunningProduction(use: (running: RunningProduction) => Promise<void>): Promise<void> {
  const registry = await new StandInRegistry().start();
  const edits = atRegistry(registry);
  try {
    await withHetzner(runningProject(), (hetzner) =>
      withCloudflare([runningZone()], (cloudflare) =>
        withNodes(async (nodes) => {
          nodes.answer('cat', `ssh-ed25519 ${'A'.repeat(68)} operator\n`);
          nodes.answer('ufw', 'Status: active\n\n22,6443/tcp  ALLOW  84.20.10.0/24\n');
          await withAdoptCase({ ...cluster, edits, configuration: production, lock }, async (each) => {
            const { config } = each;
            const sources = [
              clusterSource,
              hetznerSource(hetzner),
              cloudflareSource(cloudflare),
              nodesSource(),
            ];
            const environment = { HCLOUD_TOKEN: hetznerToken, CLOUDFLARE_API_TOKEN: cloudflareToken };
            const adoptAll = async () => {
              const adopted = { ...loadAdopted(config), config, ssh: true, desired: undefined, environment };
              const { files, left } = await planAdoption(adopted, sources);
              writeAdoption(files);
              return left.map(({ path }) => path);
            };
            await use({ ...each, adoptAll, hetzner });
          });
        }),
      ),
    );
  } finally {
    await registry.stop();
  }
}

/** Fills in everything as docs/tasks/adopt.md says. */
async function resolveAll({ adoptAll, config }: RunningProduction): Promise<void> {
  expect((await adoptAll()).toSorted()).toEqual(
    [...pinned, ...generated, ...decided.map(([path]) => path.join('.'))].sort(),
  );
  await answerAsOperator(config);
}

const identity = process.env['SOPS_AGE_KEY'];

beforeAll(async () => {
  process.env['SOPS_AGE_KEY'] = await createIdentity();
});

afterAll(() => {
  if (identity === undefined) delete process.env['SOPS_AGE_KEY'];
  else process.env['SOPS_AGE_KEY'] = identity;
});

test(
  'after adopt, pin, secrets generate and six answers, synth --strict passes',
  () =>
    withRunningProduction(async (running) => {
      await resolveAll(running);
      const { config, directory } = running;
      const { status, stderr } = run(
        'synth',
        '--strict',
        '--config',
        config,
        '--out',
        join(directory, 'dist'),
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(run('unresolved', '--config', config).stdout).toBe('No value is unresolved.\n');
      expect(await running.adoptAll()).toEqual([]);
    }),
  180_000,
);

withProvider(
  'after it, Terraform imports what runs at Hetzner, asks for nothing but tokens, and has nothing to destroy',
  () =>
    withRunningProduction(async (running) => {
      await resolveAll(running);
      const workspace = new Workspace(running.hetzner.endpoint ?? '', { hcloud_token: hetznerToken });
      try {
        workspace.write(synthesize(running.config));
        expect(await workspace.run('init')).toMatchObject({ status: 0 });
        const { status, text } = await workspace.run('plan', '-input=false');
        expect([
          status,
          /(\d+) to import, (\d+) to add, (\d+) to change, (\d+) to destroy/.exec(text)?.[0],
        ]).toEqual([0, '7 to import, 1 to add, 7 to change, 0 to destroy']);
      } finally {
        workspace.remove();
      }
    }),
  900_000,
);
