import { Command } from 'commander';
import { secretsStatusText } from '../../report/operations/secrets';
import { addConfigurationOptions } from '../configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, Findings, type Surroundings } from '../run';
import { contextOption } from './context-option';
import { loadCluster } from './load';

interface SecretsStatusFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly context?: string;
}

/** `secrets status`: compares the Secrets of the cluster with the file. */
export function secretsStatusCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('status'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description(
      'Compares the Secrets of the cluster with the secrets file: names, keys and, by a hash, content.',
    )
    .addOption(contextOption())
    .addHelpText(
      'after',
      exitCodesHelp('the cluster has the content of the file', 'a Secret or a key is missing, or differs'),
    )
    .action(async ({ config, context, format, ...options }: SecretsStatusFlags) => {
      const { interruptible, Kubectl, secretsStatus } = loadCluster();
      const { namespace, secrets } = await interruptible((signal) =>
        secretsStatus(config, new Kubectl({ context, signal })),
      );
      const print = resultOutput(surroundings, options);
      const shown = secrets.map(({ secret, state, missingKeys, surplusKeys, changedBy }) => ({
        ...{ namespace, name: secret.name, state, missingKeys, surplusKeys, changedBy },
      }));
      print(
        format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : secretsStatusText(namespace, secrets),
      );
      if (
        secrets.some(
          ({ state, missingKeys }) => (state !== 'ours' && state !== 'unknown') || missingKeys.length > 0,
        )
      )
        throw new Findings();
    });
}
