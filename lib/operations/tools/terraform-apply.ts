import { spawn } from 'node:child_process';
import { OperationError } from '../error';
import { OperationRefused } from '../refused';
import { commandOf, type OtherStep } from './other-step';

/**
 * Runs the Terraform steps that come before or after the manifests. Terraform asks for its own confirmation.
 *
 * @throws OperationError if Terraform fails, OperationRefused if you must do something by hand before the next step
 */
export async function applyTerraform(
  steps: readonly OtherStep[],
  when: OtherStep['when'],
  isConfirmed: boolean,
): Promise<void> {
  for (const step of steps) {
    if (step.tool !== 'terraform' || step.when !== when) continue;
    const [program = 'terraform', ...args] = [...step.words, ...(isConfirmed ? ['-auto-approve'] : [])];
    const status = await new Promise<number>((resolve, reject) => {
      const child = spawn(program, args, { stdio: 'inherit', env: process.env });
      child.on('error', ({ message }) => reject(new OperationError(`${program} can't be run: ${message}`)));
      child.on('close', (code) => resolve(code ?? 1));
    });
    if (status !== 0)
      throw new OperationError(`${commandOf(step)} ended with exit code ${status}. No later step was run.`);
    if (step.thenByHand !== undefined) throw new OperationRefused(step.thenByHand);
  }
}
