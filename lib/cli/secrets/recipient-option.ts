import { Option } from 'commander';

/** Adds a value to those of an option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Who may decrypt a file that is made. */
export function recipientOption(): Option {
  return new Option(
    '--recipient <recipient>',
    'an age recipient that may decrypt a new file; may be repeated',
  )
    .argParser(collect)
    .default([], 'the age identities of this user');
}
