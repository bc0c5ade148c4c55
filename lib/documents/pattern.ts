import type { Truth } from './truth';

/**
 * Whether a regular expression of Go or RE2 matches a part of a string. Undefined if JavaScript would interpret the
 * expression differently.
 */
export function matchesPattern(pattern: string, text: string, flags = ''): Truth {
  try {
    return new RegExp(pattern.replaceAll('(?P<', '(?<'), flags).test(text);
  } catch {
    return undefined;
  }
}
