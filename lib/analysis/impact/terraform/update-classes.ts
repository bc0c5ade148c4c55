import type { UpdateEffect } from '../../../terraform/updates';
import type { ConsequenceClass } from '../consequence';

/** The consequence class of each effect that an update has on a running resource. */
export const effectClasses: Readonly<Record<UpdateEffect['kind'], ConsequenceClass>> = {
  stops: 'restarts',
  refused: 'fails',
  loses: 'lost',
};
