import { Command } from 'commander';
import type { Surroundings } from '../run';
import { secretsApplyCommand } from './apply';
import { secretsCheckCommand } from './check';
import { secretsEditCommand } from './edit';
import { secretsEncryptCommand } from './encrypt';
import { secretsGenerateCommand } from './generate';
import { secretsStatusCommand } from './status';

/** `secrets`: the values of the deployment's Secrets, in an encrypted file next to the configuration. */
export function secretsCommand(surroundings: Surroundings): Command {
  return new Command('secrets')
    .description('Checks, generates, edits and applies the values of the Secrets. Never prints a value.')
    .addCommand(secretsCheckCommand(surroundings))
    .addCommand(secretsGenerateCommand(surroundings))
    .addCommand(secretsEditCommand(surroundings))
    .addCommand(secretsEncryptCommand(surroundings))
    .addCommand(secretsApplyCommand(surroundings))
    .addCommand(secretsStatusCommand(surroundings));
}
