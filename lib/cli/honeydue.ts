import { Command } from 'commander';
import { checkCommand } from './check';
import { drillCommand } from './drill';
import { flowsCommand } from './flows';
import { impactCommand } from './impact';
import { runCommand, type Surroundings } from './run';
import { synthCommand } from './synth';

/** The one command: `honeydue <command>`. */
export function honeydue(args: readonly string[], surroundings: Surroundings): number {
  const program = new Command('honeydue')
    .description("honeyDue's production, as one description knows it.")
    .addCommand(synthCommand(surroundings, ['kubernetes', 'terraform']))
    .addCommand(checkCommand(surroundings))
    .addCommand(flowsCommand(surroundings))
    .addCommand(drillCommand(surroundings))
    .addCommand(impactCommand(surroundings))
    .showHelpAfterError('(honeydue --help lists the commands)');
  return runCommand(program, args, surroundings);
}
