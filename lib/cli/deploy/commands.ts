import { Command, InvalidArgumentError, Option } from 'commander';
import { acknowledgeOption } from '../acknowledge';
import { addConfigurationOptions, nameOf } from '../configuration-option';
import { addOutputOptions } from '../output-options';
import { exitCodesHelp, type Surroundings } from '../run';
import { addClusterOptions } from './cluster-options';
import type { DeployFlags, OtherTool, PlanFlags, RollbackFlags, StatusFlags } from './flags';

/** `plan`: prints what a deployment would change. */
export function planCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('plan'), ['text', 'json'], surroundings)
    .description('Prints what a deployment would change in the cluster, in its order. It changes nothing.')
    .option('--out <file>', 'save the plan for honeydue deploy <file>', nameOf('a file'))
    .option('--ssh', "also ask each node what its script would change (the script's --check)")
    .option('--no-terraform', 'leave Terraform out')
    .addOption(acknowledgeOption());
  return addClusterOptions(addConfigurationOptions(command, surroundings.root))
    .addHelpText(
      'after',
      exitCodesHelp(
        'planned',
        'refused',
        '; 3 the change causes a loss or a failure without an acknowledgement',
      ),
    )
    .action(async (flags: PlanFlags) => {
      const { runPlan } = require('./plan-run') as typeof import('./plan-run');
      await runPlan(flags, surroundings);
    });
}

/** `deploy`: applies the configuration to the cluster. */
export function deployCommand(surroundings: Surroundings): Command {
  const command = new Command('deploy')
    .description(
      'Applies the manifests in phases, waits until everything is available, and prints the cause if something does not become available.',
    )
    .argument('[plan]', 'a plan that honeydue plan --out saved: refused if the cluster has changed since');
  return addDeployOptions(command, surroundings)
    .option('--rollback-on-failure', 'roll back if something does not become available')
    .option('--allow-expired', 'accept acknowledgements that have expired, with a warning')
    .addOption(
      new Option(
        '--with <tools>',
        'also run terraform, nodes, or both (terraform,nodes), in the order of the plan',
      )
        .argParser(otherTools)
        .default([], 'kubectl alone'),
    )
    .addHelpText(
      'after',
      exitCodesHelp(
        'deployed',
        'refused or failed',
        '; 3 the change causes a loss or a failure without an acknowledgement',
      ),
    )
    .action(async (plan: string | undefined, flags: DeployFlags) => {
      const { runDeploy } = require('./deploy-run') as typeof import('./deploy-run');
      await runDeploy(plan, flags, surroundings);
    });
}

/** `rollback`: applies an earlier revision. */
export function rollbackCommand(surroundings: Surroundings): Command {
  const command = new Command('rollback')
    .description('Rolls back to a revision that the cluster stores, without running its migration.')
    .argument(
      '[revision]',
      'the number of the revision; honeydue status lists the revisions (default: the previous one)',
    )
    .option('--to <commit>', 'a commit instead of a revision', nameOf('a commit'));
  return addDeployOptions(command, surroundings)
    .addHelpText('after', exitCodesHelp('rolled back', 'refused or failed'))
    .action(async (revision: string | undefined, flags: RollbackFlags) => {
      const { runRollback } = require('./rollback-run') as typeof import('./rollback-run');
      await runRollback(revision, { ...flags, with: [] }, surroundings);
    });
}

/** `status`: compares what runs with the configuration. */
export function statusCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('status'), ['text', 'json'], surroundings).description(
    'Compares what runs with the configuration, on one screen. It changes nothing.',
  );
  return addClusterOptions(addConfigurationOptions(command, surroundings.root))
    .addHelpText('after', exitCodesHelp('everything is available', 'something is not'))
    .action((flags: StatusFlags) => {
      const { runStatus } = require('./status-run') as typeof import('./status-run');
      return runStatus(flags, surroundings);
    });
}

function addDeployOptions(command: Command, surroundings: Surroundings): Command {
  addOutputOptions(command, ['text'], surroundings)
    .option('--yes', 'do not ask for a confirmation')
    .addOption(acknowledgeOption())
    .option(
      '--prune',
      'delete objects that an earlier revision applied and that are no longer in the manifests',
    )
    .addOption(
      new Option(
        '--prune-named <object>',
        "also delete this claim, namespace or Secret, such as 'Secret shop/old'; may be repeated",
      )
        .argParser((name: string, before: readonly string[]) => [...before, name])
        .default([], 'none'),
    )
    .addOption(
      new Option('--patience <seconds>', 'how many seconds a cause may last before the deployment fails')
        .argParser(seconds)
        .default(60),
    )
    .option('--accept-schema', 'run older code although a newer migration has completed')
    .option('--break-lock', 'take over the deployment lock from another process');
  return addClusterOptions(addConfigurationOptions(command, surroundings.root));
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === '')
    throw new InvalidArgumentError('It must be a number of seconds, such as 60.');
  return value;
}

const tools: readonly OtherTool[] = ['terraform', 'nodes'];

function otherTools(text: string): OtherTool[] {
  return text.split(',').map((name) => {
    const tool = tools.find((each) => each === name.trim());
    if (tool === undefined)
      throw new InvalidArgumentError(`It must be ${tools.join(', ')}, or both, separated by a comma.`);
    return tool;
  });
}
