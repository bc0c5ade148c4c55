import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { impact } from '../../../lib/analysis/impact/impact';
import type { Output } from '../../../lib/documents/output';
import { readManifests } from '../../../lib/input/documents';
import { ConfigError } from '../../../lib/input/problem';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';
import { root } from '../../support/configuration';
import type { Verdict } from './servers/apply';

/** Two manifests: the first is applied and accepted, then the second. */
export interface ApplyCase {
  readonly id: string;
  readonly base: string;
  readonly head: string;
}

const directory = join(root, 'test', 'cases', 'applies');

export const applyCases: readonly ApplyCase[] = readdirSync(directory)
  .sort()
  .map((id) => ({
    id,
    base: join(directory, id, 'base.yaml'),
    head: join(directory, id, 'head.yaml'),
  }));

/** Whether `impact` says that the apply fails. Manifests that it refuses to read count as a refusal. */
export function foreseenVerdict({ base, head }: ApplyCase): Verdict {
  try {
    const { consequences } = impact(outputOf(base), outputOf(head), defaultTopology);
    return consequences.some((each) => each.class === 'fails') ? 'refused' : 'accepted';
  } catch (error) {
    if (error instanceof ConfigError) return 'refused';
    throw error;
  }
}

export function outputOf(path: string): Output {
  const objects = readManifests([path]).map((object) => ({ file: 'applied.yaml', object }));
  return { objects, stacks: [], rules: [], texts: new Map() };
}
