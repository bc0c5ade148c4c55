import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { growthConfiguration } from './growth-configuration';
import { median } from './measure';

/** The measurements for one number of services. */
export interface Growth {
  readonly services: number;
  readonly milliseconds: number;
  readonly peakMebibytes: number;
}

/** Synthesizes deployments of increasing size into an empty directory, each in its own process. */
export function measureGrowth(root: string, sizes: readonly number[], rounds: number): Growth[] {
  return sizes.map((services) => {
    const directory = mkdtempSync(join(tmpdir(), 'growth-'));
    try {
      const { deployment, lock } = growthConfiguration(root, services);
      writeFileSync(join(directory, 'production.yaml'), deployment);
      writeFileSync(join(directory, 'images.lock.yaml'), lock);
      copyFileSync(
        join(root, 'config', 'cloudflare-ip-ranges.json'),
        join(directory, 'cloudflare-ip-ranges.json'),
      );
      const runs = Array.from({ length: rounds + 1 }, (_, round) => synth(root, directory, round)).slice(1);
      return {
        services,
        milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
        peakMebibytes: Math.max(...runs.map(({ peakMebibytes }) => peakMebibytes)),
      };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

type TimeOfSize = Pick<Growth, 'services' | 'milliseconds'>;

/** The exponent of the growth in the number of services: 1 is linear, 2 is quadratic. */
export function exponent(smaller: TimeOfSize, larger: TimeOfSize): number {
  return Math.log(larger.milliseconds / smaller.milliseconds) / Math.log(larger.services / smaller.services);
}

function synth(root: string, directory: string, round: number) {
  const out = join(directory, `out-${round}`);
  const args = [
    'bin/run.mjs',
    'bench/synth-child.ts',
    '--config',
    join(directory, 'production.yaml'),
    '--out',
    out,
  ];
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the synth failed: ${stderr}`);
  return {
    milliseconds: Number(process.hrtime.bigint() - started) / 1e6,
    peakMebibytes: Number(stdout.trim().split('\n').at(-1)),
  };
}
