import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { synthesize } from '../../../lib/cli/synthesize';
import { ConfigError } from '../../../lib/input/problem';
import { at } from '../../support/at';
import { edited, withConfiguration } from '../../support/configuration';
import { production, productionWith } from '../../support/production';

type Servers = Record<string, { readonly user_data?: string }>;

/** What is adopted, as the configuration states it. */
const adopt = /\nadopt:\n(?: .*\n)+/.exec(edited([]))?.[0] ?? '';
const made = productionWith([adopt, '\n']);

const configurationOf = ({ terraform }: typeof production) => terraform[0]?.configuration;
const serversOf = (synthesis: typeof production) =>
  at(configurationOf(synthesis), 'resource.hcloud_server') as Servers;

describe('the user-data of a server', () => {
  test('is nothing where the server runs already', () => {
    for (const server of Object.values(serversOf(production))) expect(server).not.toHaveProperty('user_data');
  });

  test.each(['hetzner1', 'hetzner2', 'hetzner3'])('is the script of %s where it is made', (name) => {
    const { write_files: files } = parse(serversOf(made)[name]?.user_data ?? '') as {
      write_files: { content: string }[];
    };
    const script = made.files.find(({ path }) => path === `nodes/${name}.sh`);
    expect(gunzipSync(Buffer.from(files[0]?.content ?? '', 'base64')).toString()).toBe(script?.text);
  });

  test('brings its secrets from sensitive variables alone', () => {
    const { user_data: text = '' } = serversOf(made)['hetzner1'] ?? {};
    const expressions = [...text.matchAll(/\$\{(.*?)\}/g)].map(([, code]) => code);
    expect(expressions).toEqual(['base64encode(var.k3s_token)', 'base64encode(var.registry_password)']);
    for (const variable of ['k3s_token', 'registry_password']) {
      expect(at(configurationOf(made), `variable.${variable}`)).toMatchObject({ sensitive: true });
    }
  });

  test('asks for no token where no server is made', () => {
    expect(at(configurationOf(production), 'variable')).not.toHaveProperty('k3s_token');
  });
});

test('a user-data that Hetzner would not take is refused, for each server that is made', () => {
  const labels = Array.from({ length: 400 }, (_, index) => {
    const noise = createHash('sha256').update(`${index}`).digest('hex').slice(0, 60);
    return `      example.com/n${index}: "${noise}"\n`;
  });
  const text = edited([
    [adopt, '\n'],
    ['    labels:\n', `    labels:\n${labels.join('')}`],
  ]);
  const message = withConfiguration(text, (path) => {
    try {
      return String(synthesize(path));
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  });
  expect(message).toMatch(
    /production\.yaml:17:3 nodes\.hetzner1: the user-data has \d+ bytes, \d+ above Hetzner's limit of 32768; remove SSH keys, networks or labels of this node$/,
  );
});
