import { outputOf } from '../../../lib/cli/output';
import { synthesize } from '../../../lib/cli/synthesize';
import type { Output } from '../../../lib/documents/output';
import { edited, editedLock, withConfiguration } from '../../support/configuration';
import type { ProductionEdit } from './edits';
import { productionOutput } from './outputs';

/** Production before and after an edit. */
export function outputsOf({ edits = [], lockEdits = [], given, change }: ProductionEdit): [Output, Output] {
  const base = given === undefined ? productionOutput : given.of(productionOutput);
  if (change !== undefined) return [base, change.of(base)];
  return [base, outputOf(withConfiguration(edited(edits), synthesize, editedLock(lockEdits)))];
}
