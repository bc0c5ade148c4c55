import type { Output } from '../../../../lib/documents/output';
import type { Edit } from '../../../support/configuration';
import { withResource } from '../outputs';

/** One change of production, and the name under which its impact is kept. */
export interface ProductionEdit {
  readonly title: string;
  /** How many consequences of each class, as the report counts them. */
  readonly comesTo: string;
  /** Of the configuration, each applied once. */
  readonly edits?: readonly Edit[];
  readonly lockEdits?: readonly Edit[];
  /** Of the output, for what the configuration refuses or has no word for; `in` says it in words. */
  readonly change?: { readonly in: string; readonly of: (output: Output) => Output };
  /** Changes that both outputs have, so that there is something to change. */
  readonly given?: { readonly in: string; readonly of: (output: Output) => Output };
}

/** Sets one argument of a resource. */
export function setting(address: string, argument: string, value: string | number | boolean | string[]) {
  return {
    in: `${address}: ${argument} = ${JSON.stringify(value)}`,
    of: (output: Output) =>
      withResource(output, address, (body) => {
        body[argument] = value;
      }),
  };
}
