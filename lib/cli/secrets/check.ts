import { Command } from 'commander';
import { formatProblem } from '../../input/problem';
import type { SecretsReport } from '../../operations/secrets/operate';
import { addConfigurationOptions } from '../configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, Findings, type Surroundings } from '../run';
import { loadSecrets } from './load';

interface SecretsCheckFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
}

/** `secrets check`: checks the names without the age key, and also the values with it. */
export function secretsCheckCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('check'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description(
      'Checks that the secrets file has the names that the configuration declares. With the age key, also decrypts and checks the values.',
    )
    .addHelpText('after', exitCodesHelp('complete', 'a value is missing, is not declared, or is invalid'))
    .action(async ({ config, format, ...options }: SecretsCheckFlags) => {
      const report = await loadSecrets().checkSecretsFile(config);
      const print = resultOutput(surroundings, options);
      if (format === 'json') print(`${JSON.stringify(report, null, 2)}\n`);
      else {
        surroundings.stderr(report.problems.map((problem) => `${formatProblem(problem)}\n`).join(''));
        print(checkText(report));
      }
      if (report.problems.length > 0) throw new Findings();
    });
}

function checkText({ file, problems, isOpened, values, warnings }: SecretsReport): string {
  const found =
    problems.length === 1 ? 'one problem' : `${problems.length === 0 ? 'no' : problems.length} problems`;
  const looked = isOpened
    ? 'names and values checked'
    : 'names checked; to check the values, set SOPS_AGE_KEY_FILE to an age identity';
  return `${file}: ${values} values, ${found} (${looked}).\n${warnings.map((each) => `${each}\n`).join('')}`;
}
