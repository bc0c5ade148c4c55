import { Command } from 'commander';
import { madeNodes } from '../deployment/model/made-nodes';
import { locateOpenValues, unresolvedText, waitingNodes } from '../report/unresolved';
import { addConfigurationOptions } from './configuration-option';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { exitCodesHelp, type Surroundings } from './run';
import { examine } from './synthesize';

interface UnresolvedFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
}

/**
 * `unresolved`: lists the unresolved values of the configuration, grouped by their source.
 */
export function unresolvedCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('unresolved'), ['text', 'json'], surroundings).description(
    'Lists the unresolved values, with the command that finds each value.',
  );
  return addConfigurationOptions(command, surroundings.root)
    .addHelpText('after', exitCodesHelp('listed', 'the configuration is refused'))
    .action(({ config, format, ...options }: UnresolvedFlags) => {
      progressOf(surroundings, options)(`Synthesizing ${config}`);
      const { model } = examine(config, undefined, { allowExpired: true });
      const values = locateOpenValues(model);
      const print = resultOutput(surroundings, options);
      if (format === 'json') {
        print(`${JSON.stringify(values, null, 2)}\n`);
        return;
      }
      print(unresolvedText(values));
      print(waitingNodes(model.unresolvedOfNodes, model.hetzner === undefined ? [] : madeNodes(model)));
    });
}
