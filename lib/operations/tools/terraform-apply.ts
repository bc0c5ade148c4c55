import { spawn } from 'node:child_process';
import { OperationError } from '../error';
import type { OtherStep } from './other-step';

/** Runs the steps of Terraform that come before or after the manifests. It asks for its own confirmation. */
export async function applyTerraform(
  steps: readonly OtherStep[],
  when: OtherStep['when'],
  isConfirmed: boolean,
): Promise<void> {
  for (const { tool, command, when: own } of steps) {
    if (tool !== 'terraform' || own !== when) continue;
    const [program = tool, ...args] = [...command.split(' '), ...(isConfirmed ? ['-auto-approve'] : [])];
    const status = await new Promise<number>((resolve, reject) => {
      const child = spawn(program, args, { stdio: 'inherit' });
      child.on('error', ({ message }) => reject(new OperationError(`${program} can't be run: ${message}`)));
      child.on('close', (code) => resolve(code ?? 1));
    });
    if (status !== 0)
      throw new OperationError(`${command} ended with exit code ${status}: what follows it was not run.`);
  }
}
