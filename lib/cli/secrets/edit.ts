import { Command } from 'commander';
import { formatProblem } from '../../input/problem';
import { addConfigurationOptions, nameOf } from '../configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { loadEdit } from './load';

interface SecretsEditFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly memory?: string;
}

/** `secrets edit`: opens the decrypted values in the user's editor, in memory. */
export function secretsEditCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('edit'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description('Opens the decrypted secrets in $EDITOR, in memory-backed storage, and encrypts the result.')
    .option(
      '--memory <directory>',
      'the memory-backed directory for the decrypted file',
      nameOf('a directory'),
    )
    .addHelpText('after', exitCodesHelp('success', 'the edited text is not YAML; nothing was written'))
    .action(async ({ config, memory, format, ...options }: SecretsEditFlags) => {
      const { interruptible, editSecrets } = loadEdit();
      const report = await interruptible((signal) =>
        editSecrets(config, { signal, ...(memory !== undefined && { memory }) }),
      );
      const { file, changed, problems } = report;
      const print = resultOutput(surroundings, options);
      if (format === 'json') print(`${JSON.stringify(report, null, 2)}\n`);
      else if (changed.length === 0) print(`${file}: nothing changed.\n`);
      else print(`${file}: changed\n${changed.map((path) => `  ${path}\n`).join('')}`);
      if (format === 'text')
        surroundings.stderr(problems.map((problem) => `${formatProblem(problem)}\n`).join(''));
    });
}
