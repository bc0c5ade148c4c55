import { Command } from 'commander';
import { applyPlanText } from '../../report/operations/secrets';
import { addConfigurationOptions } from '../configuration-option';
import { confirm } from '../deploy/confirm';
import { addOutputOptions, type OutputOptions, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { contextOption } from './context-option';
import { loadCluster } from './load';

interface SecretsApplyFlags extends OutputOptions {
  readonly config: string;
  readonly context?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

/** `secrets apply`: applies the values of the file to the cluster, through kubectl's standard input. */
export function secretsApplyCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('apply'), ['text'], surroundings),
    surroundings.root,
  )
    .description('Applies the Secrets whose content differs from the cluster, and increases their revisions.')
    .addOption(contextOption())
    .option('--yes', 'do not ask for a confirmation')
    .option('--dry-run', 'print what would be applied, and change nothing')
    .option('--force-conflicts', 'overwrite values that another field manager has set')
    .addHelpText(
      'after',
      exitCodesHelp('success', 'the secrets file is incomplete, or the confirmation was refused'),
    )
    .action(
      async ({ config, context, yes, dryRun, forceConflicts = false, ...options }: SecretsApplyFlags) => {
        const { interruptible, Kubectl, planApply, applySecrets } = loadCluster();
        const print = resultOutput(surroundings, options);
        await interruptible(async (signal) => {
          const kubectl = new Kubectl({ context, signal });
          const plan = await planApply(config, kubectl);
          const cluster = context ?? (await kubectl.read(['config', 'current-context'])).trim();
          print(applyPlanText(plan, cluster) + plan.warnings.map((each) => `${each}\n`).join(''));
          if (dryRun || (plan.writes.length === 0 && plan.revisions.size === 0)) return;
          await confirm(surroundings, yes, { question: `Apply to ${cluster}?`, signal });
          await applySecrets(config, plan, kubectl, { forceConflicts });
          print(
            `${plan.writes.length} applied. Next: npm run synth -- --strict, and apply the manifests (docs/deploy.md).\n`,
          );
        });
      },
    );
}
