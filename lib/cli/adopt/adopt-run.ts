import { ConfigError } from '../../input/problem';
import { type AdoptReport, loadAdopted, planAdoption, writeAdoption } from '../../operations/adopt/adopt';
import type { AdoptRun } from '../../operations/adopt/source';
import { interruptible } from '../../operations/interrupt';
import { adoptionText } from '../../report/operations/adopt';
import { desiredState } from '../deploy/cluster-options';
import { confirm } from '../deploy/confirm';
import { progressOf, resultOutput } from '../output-options';
import { Findings, type Surroundings } from '../run';
import { examine } from '../synthesize';
import type { AdoptFlags } from './flags';

/** Queries the sources, prints the difference, and writes it after a confirmation. */
export async function runAdopt(flags: AdoptFlags, surroundings: Surroundings): Promise<void> {
  const { config, context, ssh = false, format, verbose = false, dryRun = false } = flags;
  const print = resultOutput(surroundings, flags);
  const step = progressOf(surroundings, flags);
  const adopted = loadAdopted(config);
  step(`Synthesizing ${config}`);
  const described = describe(config);
  await interruptible(async (signal) => {
    step('Asking what runs');
    const adoption = await planAdoption({
      ...adopted,
      ...{ config, context, ssh, signal, environment: process.env },
      ...described,
    });
    const { colour = false } = surroundings;
    if (format === 'json') print(`${JSON.stringify(adoptionJson(adoption), null, 2)}\n`);
    else print(adoptionText(adoption, { colour, all: verbose }));
    if (dryRun) {
      if (adoption.files.length > 0) throw new Findings();
    } else if (adoption.files.length > 0) {
      await confirm(surroundings, flags.yes, {
        question: 'Write this?',
        otherwise: 'Nothing was written.',
        signal,
      });
      writeAdoption(adoption.files);
      if (format === 'text') print(`Written: ${adoption.files.map(({ path }) => path).join(', ')}\n`);
    }
    if (adoption.left.some(({ failures }) => failures.some(({ failure }) => failure === 'ambiguous')))
      throw new Findings();
  });
}

/**
 * Undefined if the lock file does not match the configuration: this run updates the lock file, and only the next
 * run compares.
 */
function describe(config: string): Pick<AdoptRun, 'desired' | 'stack'> {
  try {
    const synthesis = examine(config, undefined, { allowExpired: true });
    return {
      desired: desiredState(synthesis, { commit: '', isDirty: false }),
      stack: synthesis.terraform[0]?.configuration,
    };
  } catch (error) {
    if (error instanceof ConfigError) return { desired: undefined };
    throw error;
  }
}

function adoptionJson({ files, ...found }: AdoptReport) {
  return { version: 1, ...found, files: files.map(({ path }) => path) };
}
