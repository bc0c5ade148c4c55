import type { Path } from '../../../input/source';
import type { Acknowledgements, Deployment } from '../schema/schema';
import type { ConfigFinding } from './finding';

/**
 * Synth warns about an acknowledgement this number of days before it expires: enough time for a change and
 * its review.
 */
const warnedDays = 14;

/** Errors for acknowledgements of the configuration that have expired. */
export function checkExpiry({ acknowledgements = [] }: Deployment, today: string): ConfigFinding[] {
  return expiryFindings(acknowledgements, today).map(({ path, message }) => ({
    file: 'deployment',
    path: ['acknowledgements', ...path],
    message: `${message}. Until then, honeydue synth --allow-expired writes the output`,
  }));
}

/** Errors for acknowledgements that have expired, with their paths in the list. */
export function expiryFindings(
  acknowledgements: Acknowledgements,
  today: string,
): { readonly path: Path; readonly message: string }[] {
  return acknowledgements.flatMap(({ expires }, index) => {
    if (expires === undefined || expires >= today) return [];
    const message = `was ${expires}, and today is ${today}; fix the finding, or check the reason again and set a later date`;
    return [{ path: [index, 'expires'], message }];
  });
}

/** Warnings for acknowledgements that expire soon or have expired. */
export function expiryWarnings(acknowledgements: Acknowledgements, today: string, path: string): string[] {
  return acknowledgements.flatMap(({ rule, expires }, index) => {
    if (expires === undefined) return [];
    const days = Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
    if (days > warnedDays) return [];
    const when = days < 0 ? `expired on ${expires}` : `expires on ${expires}, ${inDays(days)}`;
    const effect = days < 0 ? 'check and synth fail' : 'Then check and synth fail';
    return [
      `${path}[${index}] (${rule}) ${when}${days < 0 ? ', and ' : '. '}${effect}: fix the finding, or check the reason again and set a later date.`,
    ];
  });
}

function inDays(days: number): string {
  if (days === 0) return 'which is today';
  return `in ${days} ${days === 1 ? 'day' : 'days'}`;
}
