import { Command } from 'commander';
import type { GenerateReport } from '../../operations/secrets/operate';
import { addConfigurationOptions } from '../configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { loadSecrets } from './load';
import { collect, recipientOption } from './recipient-option';

interface SecretsGenerateFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly recipient: readonly string[];
  readonly rotate: readonly string[];
}

/** `secrets generate`: generates the values that no other party issues. */
export function secretsGenerateCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('generate'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description('Generates the missing values that can be generated: passwords, keys, tokens.')
    .addOption(recipientOption())
    .option(
      '--rotate <key>',
      'generate a value again, such as honeydue-secrets.REDIS_PASSWORD; may be repeated',
      collect,
      [],
    )
    .addHelpText('after', exitCodesHelp('success', 'the configuration or the secrets file is refused'))
    .action(async ({ config, recipient, rotate, format, ...options }: SecretsGenerateFlags) => {
      const report = await loadSecrets().generateMissing(config, { recipients: recipient, rotate });
      const print = resultOutput(surroundings, options);
      print(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : generateText(config, report));
    });
}

function generateText(config: string, report: GenerateReport): string {
  const { file, made, published, warnings } = report;
  const list = made.map((path) => `  ${path}\n`).join('');
  const stated = published.length === 0 ? '' : `${config} now states ${published.join(' and ')}.\n`;
  const head =
    made.length === 0 ? `${file}: no value that can be generated is missing.\n` : `${file}: made\n${list}`;
  return `${keyFileText(report)}${head}${stated}${warnings.map((each) => `${each}\n`).join('')}`;
}

/** The message about a new age identity. */
export function keyFileText({ file, keyFile }: { readonly file: string; readonly keyFile?: string }): string {
  if (keyFile === undefined) return '';
  return `${keyFile}: a new age identity. Keep a copy on another machine: ${file} can't be decrypted without it.\n`;
}
