import { join } from 'node:path';
import { loadConfiguration } from '../../../../lib/deployment/config/load';
import { listUnresolved } from '../../../../lib/deployment/model/unresolved-value';
import { formatPath } from '../../../../lib/input/source';
import type { AdoptRun, AdoptSource, SourceAnswers } from '../../../../lib/operations/adopt/source';
import { fixtures } from '../../../support/configuration';

const config = join(fixtures, 'production.yaml');
export const { deployment, lock } = loadConfiguration(config, { allowExpired: true });

/** The nodes of production, in the order of the configuration. */
export const nodes = Object.entries(deployment.nodes).map(([name, node]) => ({ name, ...node }));

/** What a source answers, with the answers by their paths as text. */
export interface Asked extends Omit<SourceAnswers, 'answers'> {
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Asks a source for every unresolved value of production, or of a changed deployment. */
export async function ask(
  source: AdoptSource,
  environment: Readonly<Record<string, string>>,
  changed: Partial<Pick<AdoptRun, 'deployment' | 'ssh' | 'stack'>> = {},
): Promise<Asked> {
  const run = {
    config,
    files: [config],
    deployment,
    lock,
    ssh: false,
    desired: undefined,
    environment,
    ...changed,
  };
  const values = listUnresolved(run.deployment).map(({ place }) => ({
    path: place,
    deployment: run.deployment,
  }));
  const { answers, ...rest } = await source.ask(values, run as unknown as AdoptRun);
  return {
    ...rest,
    answers: Object.fromEntries([...answers].map(([{ path }, answer]) => [formatPath(path), answer])),
  };
}

/** The answer that states a value at a path. */
export function stated(path: string, value: unknown): object {
  return { [path]: { kind: 'found', edits: [{ kind: 'set', path: expect.anything(), value }] } };
}

/** The answer that a value was not found. */
export function left(path: string, failure: string, reason: string, candidates?: readonly string[]): object {
  const text = expect.stringContaining(reason);
  return { [path]: { kind: 'not-found', failure, reason: text, ...(candidates && { candidates }) } };
}
