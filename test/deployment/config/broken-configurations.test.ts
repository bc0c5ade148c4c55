import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { synthesize } from '../../../lib/cli/synthesize';
import { ConfigError } from '../../../lib/input/problem';
import { edited, editedLock, withConfiguration } from '../../support/configuration';
import { type BrokenConfiguration, brokenConfigurations } from './broken-configurations';

expect.extend({ toMatchFile });

const messages = new Map<BrokenConfiguration, string>();

/** What a user reads; each configuration is tried once. */
function messageOf(broken: BrokenConfiguration): string {
  const message = messages.get(broken) ?? refusalOf(broken);
  messages.set(broken, message);
  return message;
}

/** The message without the temporary directory. */
function refusalOf({ edits = [], lockEdits = [] }: BrokenConfiguration): string {
  return withConfiguration(
    edited(edits),
    (path) => {
      try {
        synthesize(path);
      } catch (error) {
        if (error instanceof ConfigError) return error.message.replaceAll(/\S*\/honeydue-\w+\//g, 'config/');
        throw error;
      }
      throw new Error('was accepted');
    },
    editedLock(lockEdits),
  );
}

describe('a broken configuration', () => {
  test.each(brokenConfigurations)('with $title is refused at its place', (broken) => {
    expect(messageOf(broken)).toMatch(/^(config\/(production|images\.lock)\.yaml:\d+:\d+ .+\n?)+$/);
  });

  test('gets a message with the error and the fix', () => {
    const sections = brokenConfigurations.map(
      (broken) => `## ${broken.title}\n\n    ${indented(messageOf(broken))}\n`,
    );
    const title = '# Messages of broken configurations\n';
    expect([title, ...sections].join('\n')).toMatchFile(
      join(__dirname, '__snapshots__', 'broken-configurations.md'),
    );
  });
});

function indented(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
