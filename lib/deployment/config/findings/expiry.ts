import type { Deployment } from '../schema/schema';
import type { Finding } from './finding';

/** Acknowledgements whose time is over: somebody said to look again by that day. */
export function checkExpiry({ acknowledgements = [] }: Deployment, today: string): Finding[] {
  return acknowledgements.flatMap(({ expires }, index) => {
    if (expires === undefined || expires >= today) return [];
    const message = `was ${expires}, and today is ${today}: mend what is acknowledged, or look again and state a later day`;
    return [{ file: 'deployment', path: ['acknowledgements', index, 'expires'], message }];
  });
}
