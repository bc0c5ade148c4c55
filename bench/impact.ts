import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { impact } from '../lib/analysis/impact/impact';
import { outputOf } from '../lib/cli/output';
import { synthesize } from '../lib/cli/synthesize';
import { topologyOf } from '../lib/deployment/model/addresses';
import type { Output } from '../lib/documents/output';
import type { Topology } from '../lib/documents/topology';
import { impactText } from '../lib/report/impact';
import { growthConfiguration } from './growth-configuration';
import { median } from './measure';

/** The processor time of a comparison of two outputs, in seconds. */
export interface ImpactTime {
  readonly services: number;
  readonly cold: number;
  readonly warm: number;
}

/**
 * Compares an output with itself after a change that affects the pods, policies and hosts of every service.
 */
export function measureImpact(root: string, services: number, rounds: number): ImpactTime {
  const { deployment, lock } = growthConfiguration(root, services);
  const edited = deployment.replace('https://api.myhoneydue.com/api', 'https://api.example.com/api');
  const [base, head] = [deployment, edited].map((text) => synthesized(root, text, lock));
  if (base === undefined || head === undefined) throw new Error('nothing was synthesized');
  // One connection is removed, so that the reachability of both outputs is analysed.
  const [first] = head.output.objects.filter(({ object }) => object.kind === 'NetworkPolicy').slice(-1);
  const output = { ...head.output, objects: head.output.objects.filter((each) => each !== first) };
  const once = (): number => {
    const before = process.cpuUsage();
    const found = impact(base.output, output, head.topology);
    impactText({ ...found, base: 'base', head: 'head', open: [], unused: [] });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const cold = once();
  return { services, cold, warm: median(Array.from({ length: rounds }, once)) };
}

function synthesized(
  root: string,
  deployment: string,
  lock: string,
): { readonly output: Output; readonly topology: Topology } {
  const directory = mkdtempSync(join(tmpdir(), 'impact-'));
  try {
    writeFileSync(join(directory, 'production.yaml'), deployment);
    writeFileSync(join(directory, 'images.lock.yaml'), lock);
    const ranges = 'cloudflare-ip-ranges.json';
    copyFileSync(join(root, 'config', ranges), join(directory, ranges));
    const synthesis = synthesize(join(directory, 'production.yaml'));
    return { output: outputOf(synthesis), topology: topologyOf(synthesis.model) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
