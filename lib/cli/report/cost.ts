import { Command } from 'commander';
import { costOf, costTables } from '../../report/tables/costs';
import { tableText } from '../../report/tables/table-text';
import { sumOf } from '../../terraform/hetzner/cost-item';
import { addConfigurationOptions } from '../configuration-option';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { synthesize } from '../synthesize';
import { reportOfDeployment } from './report-subject';

interface CostFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
}

/** `cost`: lists the costs of the deployment for each month. */
export function costCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('cost'), ['text', 'json'], surroundings).description(
    'Adds up what the deployment costs each month, by the prices in imports/hetzner/prices.json.',
  );
  return addConfigurationOptions(command, surroundings.root)
    .addHelpText('after', exitCodesHelp('added up', 'the configuration is refused'))
    .action(({ config, format, ...options }: CostFlags) => {
      progressOf(surroundings, options)(`Synthesizing ${config}`);
      const synthesis = synthesize(config, undefined, { allowExpired: true });
      const subject = reportOfDeployment(synthesis);
      const print = resultOutput(surroundings, options);
      if (format === 'json') {
        const cost = costOf(subject);
        const sum = sumOf(cost?.items ?? []);
        print(
          `${JSON.stringify({ version: 1, sum, ...cost, warnings: synthesis.priceWarnings }, null, 2)}\n`,
        );
        return;
      }
      print(
        costTables(subject)
          .map((table) => tableText(table, surroundings.columns))
          .join('\n'),
      );
      print(synthesis.priceWarnings.map((sentence) => `\n${sentence}\n`).join(''));
    });
}
