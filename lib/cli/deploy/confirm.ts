import { OperationRefused } from '../../operations/refused';
import type { Surroundings } from '../run';

/** A step that needs a confirmation. */
export interface Confirmation {
  /** Such as `Deploy to production?`. */
  readonly question: string;
  /** The sentence that is printed after a refusal. @default Nothing was changed. */
  readonly otherwise?: string;
  /** Ends the question. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the user for a confirmation. With `--yes` it does not ask.
 *
 * @throws OperationRefused for every answer except yes, and if there is no terminal
 */
export async function confirm(
  { ask }: Surroundings,
  yes: boolean | undefined,
  { question, otherwise = 'Nothing was changed.', signal }: Confirmation,
): Promise<void> {
  if (yes) return;
  if (ask === undefined) throw new OperationRefused(`No terminal to confirm on: add --yes. ${otherwise}`);
  const answer = await ask(`${question} [y/N] `, signal);
  if (!/^y(es)?$/i.test(answer.trim())) throw new OperationRefused(`Not confirmed. ${otherwise}`);
}
