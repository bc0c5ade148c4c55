import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dockerConfigurationFile, findCredentials } from '../../../lib/operations/registry/credentials';
import { withDirectoryFor } from '../../support/configuration';

const auth = Buffer.from('a:b:c').toString('base64');

async function found(configuration: unknown, key = 'gitea.example.org') {
  let result: unknown;
  await withDirectoryFor(async (directory) => {
    const file = join(directory, 'config.json');
    writeFileSync(file, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
    result = await findCredentials(key, file);
  });
  return result;
}

describe("the credentials of Docker's file", () => {
  test.each([
    'gitea.example.org',
    'https://gitea.example.org',
    'http://gitea.example.org/',
    'https://gitea.example.org/v2/',
  ])('are found under %s', async (name) =>
    expect(await found({ auths: { [name]: { auth } } })).toEqual({ user: 'a', password: 'b:c' }),
  );

  test('of Docker Hub are found under its old address', async () =>
    expect(await found({ auths: { 'index.docker.io': { auth } } }, 'https://index.docker.io/v1/')).toEqual({
      user: 'a',
      password: 'b:c',
    }));

  test('of another registry are not taken', async () =>
    expect(await found({ auths: { 'gitea.example.org.evil.example': { auth } } })).toBeUndefined());

  test.each([{}, { auths: null }, { auths: {} }, { auths: { 'gitea.example.org': {} } }])(
    'are missing in %j',
    async (configuration) => expect(await found(configuration)).toBeUndefined(),
  );

  test.each(['null', '{', '1'])('refuse a file with the text %s', (text) =>
    expect(found(text)).rejects.toThrow('is not JSON with the entries of docker login'),
  );

  test('are in the home directory if DOCKER_CONFIG is empty', () => {
    const before = process.env['DOCKER_CONFIG'];
    process.env['DOCKER_CONFIG'] = '';
    try {
      expect(dockerConfigurationFile()).toBe(join(homedir(), '.docker', 'config.json'));
    } finally {
      if (before === undefined) delete process.env['DOCKER_CONFIG'];
      else process.env['DOCKER_CONFIG'] = before;
    }
  });
});
