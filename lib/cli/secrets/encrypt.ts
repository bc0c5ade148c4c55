import { Command } from 'commander';
import { addConfigurationOptions } from '../configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { keyFileText } from './generate';
import { loadSecrets } from './load';
import { recipientOption } from './recipient-option';

interface SecretsEncryptFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly recipient: readonly string[];
}

/** `secrets encrypt`: turns a file in plain text into an encrypted one. */
export function secretsEncryptCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('encrypt'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description('Encrypts secrets.yaml into secrets.sops.yaml, and removes secrets.yaml.')
    .addOption(recipientOption())
    .addHelpText('after', exitCodesHelp('success', 'the secrets file is refused'))
    .action(async ({ config, recipient, format, ...options }: SecretsEncryptFlags) => {
      const report = await loadSecrets().encryptPlainFile(config, recipient);
      const print = resultOutput(surroundings, options);
      const text = `${keyFileText(report)}${report.file} written, ${report.removed} removed.\n`;
      print(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : text);
    });
}
