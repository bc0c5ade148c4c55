import { Command, Option } from 'commander';
import { traceAssumptions } from '../../analysis/trace/assumptions';
import { readQuestion, UntraceableError } from '../../analysis/trace/question';
import type { TraceReport } from '../../analysis/trace/trace';
import { traceText } from '../../report/trace';
import { addConfigurationOptions, nameOf } from '../configuration-option';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from '../output-options';
import { exitCodesHelp, Findings, type Surroundings, Unreadable } from '../run';

interface TraceFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly env?: string;
  readonly file?: readonly string[];
  readonly client?: string;
  readonly method?: string;
}

/** `trace`: prints what happens to a request, step by step. */
export function traceCommand(surroundings: Surroundings): Command {
  const { root, columns, colour = false } = surroundings;
  const command = addOutputOptions(new Command('trace'), ['text', 'json'], surroundings)
    .description('Proves step by step what happens to a request, or names the first thing that stops it.')
    .usage('[options] <url> | <from> <to[:port]>')
    .argument('<request...>', 'a URL, such as https://app.example.com/; or two ends, such as web redis:6379');
  return addConfigurationOptions(command, root)
    .addOption(
      new Option(
        '-f, --file <file...>',
        'manifest files of any origin, or a directory with manifests and Terraform files, instead of the configuration; must be the last option',
      ).argParser((file: string, before: readonly string[] | undefined) => [
        ...(before ?? []),
        nameOf('a file')(file),
      ]),
    )
    .option('--client <address>', 'the address of the visitor (default: an address that no rule names)')
    .option('--method <method>', 'the method of the request (default: GET)')
    .addHelpText(
      'after',
      `\nAssumed:\n${traceAssumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('nothing stops the request', 'something stops it, or the configuration is refused')}`,
    )
    .action((words: string[], options: TraceFlags) => {
      const { format, quiet, verbose, config, file, client, method } = options;
      const stdout = resultOutput(surroundings, { quiet });
      const report = answering(() => {
        const question = readQuestion(words, { client, method });
        progressOf(surroundings, { quiet })(`Reading ${file?.join(', ') ?? config}`);
        const { traceDeployment, traceFiles } = require('./tracer') as typeof import('./tracer');
        return file === undefined ? traceDeployment(config, question) : traceFiles(file, question);
      });
      stdout(
        format === 'json'
          ? `${JSON.stringify(report, null, 2)}\n`
          : traceText(report, { colour, width: columns, isFull: verbose === true }),
      );
      if (report.outcome === 'stopped') throw new Findings();
    });
}

/** @throws Unreadable for a request that names no known workload or address */
function answering(answer: () => TraceReport): TraceReport {
  try {
    return answer();
  } catch (error) {
    if (error instanceof UntraceableError) throw new Unreadable(error.message);
    throw error;
  }
}
