import { Option } from 'commander';

/** Adds a value to those of an option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** The option with the age recipients of a new file. */
export function recipientOption(): Option {
  return new Option(
    '--recipient <recipient>',
    'an age recipient that may decrypt a new file; may be repeated',
  )
    .argParser(collect)
    .default([], 'the age identities of this user');
}
