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
      'Fills the unresolved values of the configuration from the cluster, Hetzner and Cloudflare, and lists what runs there but is not in the configuration.',
    )
    .option('--ssh', 'also read the nodes, over SSH')
    .option('--yes', 'do not ask for a confirmation')
    .option('--dry-run', 'only print what would be written; exit code 1 if that is anything');
  return addClusterOptions(addConfigurationOptions(command, surroundings.root))
    .addHelpText(
      'after',
      exitCodesHelp(
        'nothing is left to fill in',
        'a value has several answers, the confirmation was refused, or --dry-run found something to write',
      ),
    )
    .action(async (flags: AdoptFlags) => {
      const { runAdopt } = require('./adopt-run') as typeof import('./adopt-run');
      await runAdopt(flags, surroundings);
    });
}
