import type { UpdateEffect } from '../../../terraform/updates';
import type { ConsequenceClass } from '../consequence';

/** The class of what a provider's update does to a running resource. */
export const effectClasses: Readonly<Record<UpdateEffect['kind'], ConsequenceClass>> = {
  stops: 'restarts',
  refused: 'fails',
  loses: 'lost',
};
