import { Command } from 'commander';
import { addConfigurationOptions } from '../configuration-option';
import { addClusterOptions } from '../deploy/cluster-options';
import { addOutputOptions } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import type { AdoptFlags } from './flags';

/** `adopt`: fills the unresolved values from what runs. */
export function adoptCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('adopt'), ['text', 'json'], surroundings)
    .description(
      'Fills the unresolved values in the configuration from what runs, and lists what runs and is not described.',
    )
    .option('--ssh', 'also ask the nodes, over SSH')
    .option('--yes', 'do not ask for a confirmation')
    .option('--dry-run', 'print what would be written, and fail if that is anything');
  return addClusterOptions(addConfigurationOptions(command, surroundings.root))
    .addHelpText(
      'after',
      exitCodesHelp(
        'nothing is left to fill in',
        'a value has several answers, nothing was confirmed, or with --dry-run something could be filled in',
      ),
    )
    .action(async (flags: AdoptFlags) => {
      const { runAdopt } = require('./adopt-run') as typeof import('./adopt-run');
      await runAdopt(flags, surroundings);
    });
}
