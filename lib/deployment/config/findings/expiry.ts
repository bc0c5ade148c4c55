import type { Path } from '../../../input/source';
import type { Acknowledgements, Deployment } from '../schema/schema';
import type { ConfigFinding } from './finding';

/** Acknowledgements of a configuration that have expired. */
export function checkExpiry({ acknowledgements = [] }: Deployment, today: string): ConfigFinding[] {
  return expiryFindings(acknowledgements, today).map(({ path, message }) => ({
    file: 'deployment',
    path: ['acknowledgements', ...path],
    message,
  }));
}

/** Acknowledgements that have expired, each with its path in the list. */
export function expiryFindings(
  acknowledgements: Acknowledgements,
  today: string,
): { readonly path: Path; readonly message: string }[] {
  return acknowledgements.flatMap(({ expires }, index) => {
    if (expires === undefined || expires >= today) return [];
    const message = `was ${expires}, and today is ${today}: mend what is acknowledged, or look again and state a later day`;
    return [{ path: [index, 'expires'], message }];
  });
}
