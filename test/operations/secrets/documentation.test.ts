import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/configuration';
import { complete, withSecrets } from './secrets-of';
import { withKubectl } from './stand-in-kubectl';

const page = readFileSync(join(root, 'docs', 'tasks', 'secrets.md'), 'utf8');
const commands = [...page.matchAll(/^npx honeydue secrets (.*?)(?: +#.*)?$/gm)].map(([, args = '']) =>
  args.trim(),
);

test('docs/tasks/secrets.md shows commands that exist, and each does what it says', () =>
  withSecrets(
    (secrets) =>
      withKubectl(secrets, async () => {
        process.env['EDITOR'] = 'true';
        const codes: Record<string, number> = {};
        for (const command of commands) {
          const args = command === 'apply' ? ['apply', '--yes'] : command.split(' ');
          codes[command] = (await secrets.secrets(...args)).status;
        }
        expect(codes).toEqual({
          generate: 0,
          check: 0,
          edit: 0,
          status: 1, // Nothing is applied yet.
          apply: 0,
          'generate --rotate honeydue-secrets.REDIS_PASSWORD': 0,
        });
      }),
    complete,
  ));
