import { spawn } from 'node:child_process';
import { OperationError } from '../error';
import { OperationRefused } from '../refused';
import { commandOf, type OtherStep } from './other-step';

/**
 * Runs the steps of Terraform that come before or after the manifests. It asks for its own confirmation.
 *
 * @throws OperationError if Terraform fails, and OperationRefused where the operator must do something before what follows
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
