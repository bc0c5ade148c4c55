import type { Truth } from './truth';

/**
 * Whether a text has a part that matches a pattern of Go or RE2. Undefined for a pattern that JavaScript reads
 * differently.
 */
export function matchesPattern(pattern: string, text: string, flags = ''): Truth {
  try {
    return new RegExp(pattern.replaceAll('(?P<', '(?<'), flags).test(text);
  } catch {
    return undefined;
  }
}
