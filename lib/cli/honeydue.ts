import { Command } from 'commander';
import { adoptCommand } from './adopt/command';
import { checkCommand } from './check';
import { deployCommand, planCommand, rollbackCommand, statusCommand } from './deploy/commands';
import { diffCommand } from './diff';
import { drillCommand } from './drill';
import { flowsCommand } from './flows';
import { impactCommand } from './impact';
import { addVersion } from './output-options';
import { pinCommand } from './pin';
import { costCommand } from './report/cost';
import { reportCommand } from './report/report';
import { runCommand, runLiveCommand, type Surroundings } from './run';
import { secretsCommand } from './secrets/secrets';
import { settleCommand } from './settle';
import { synthCommand } from './synth';
import { traceCommand } from './trace/trace';
import { unresolvedCommand } from './unresolved';
import { upgradeCommand } from './upgrade';

/** The program `honeydue` with all its commands. */
export function honeydue(args: readonly string[], surroundings: Surroundings): number {
  return runCommand(honeydueCommand(surroundings), args, surroundings);
}

/** Runs a command of the program, also one that waits for servers. */
export function honeydueLive(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runLiveCommand(honeydueCommand(surroundings), args, surroundings);
}

function honeydueCommand(surroundings: Surroundings): Command {
  const program = new Command('honeydue')
    .description('Builds, checks and explains a deployment from one configuration file.')
    .addCommand(synthCommand(surroundings, ['kubernetes', 'terraform']))
    .addCommand(unresolvedCommand(surroundings))
    .addCommand(settleCommand(surroundings))
    .addCommand(adoptCommand(surroundings))
    .addCommand(pinCommand(surroundings))
    .addCommand(secretsCommand(surroundings))
    .addCommand(checkCommand(surroundings))
    .addCommand(flowsCommand(surroundings))
    .addCommand(traceCommand(surroundings))
    .addCommand(drillCommand(surroundings))
    .addCommand(reportCommand(surroundings))
    .addCommand(costCommand(surroundings))
    .addCommand(impactCommand(surroundings))
    .addCommand(upgradeCommand(surroundings))
    .addCommand(diffCommand(surroundings))
    .addCommand(planCommand(surroundings))
    .addCommand(deployCommand(surroundings))
    .addCommand(rollbackCommand(surroundings))
    .addCommand(statusCommand(surroundings))
    .showHelpAfterError('(honeydue --help lists the commands)');
  addVersion(program, surroundings);
  return program;
}
