import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canary, formsOf } from '../../support/canary';
import { imageFor } from '../../support/registry/images';
import { login, type StandInOptions } from '../../support/registry/stand-in';
import { type Answer, answering, cuttingConnections } from '../../support/stand-ins/bad-days';
import { type Pinning, repositories, withPinning } from './pinning';

/** The password that the registry takes has as many faces as the canary. */
const secrets = [canary, login.password, ...[canary, login.password].map((each) => `${login.user}:${each}`)];
const forms = secrets.flatMap(formsOf);

/** A helper that shows what other users of the machine see of it. */
const helper = (directory: string, password: string) => `#!/bin/sh
printf '%s\\n' "$*" >> '${directory}/seen'; env >> '${directory}/seen'
echo '${JSON.stringify({ Username: login.user, Secret: password })}'
`;

/** How the password is kept: in Docker's file, in a helper, or in a file that is not JSON. */
type Keeping = 'auths' | 'helper' | 'broken';

function keep(directory: string, host: string, keeping: Keeping, password: string): void {
  const auth = Buffer.from(`${login.user}:${password}`).toString('base64');
  const configuration = {
    auths: JSON.stringify({ auths: { [host]: { auth } } }),
    helper: JSON.stringify({ credHelpers: { [host]: 'canary' } }),
    broken: `{"auths": {"${host}": {"auth": "${auth}"`,
  };
  writeFileSync(join(directory, 'config.json'), configuration[keeping]);
  writeFileSync(join(directory, 'docker-credential-canary'), helper(directory, password));
  chmodSync(join(directory, 'docker-credential-canary'), 0o755);
}

/** Everything that a run shows: what it prints, the addresses that it asks, its helper, and the files that it writes. */
async function shownBy(
  { config, registry, pin, text }: Pinning,
  keeping: Keeping,
  password: string,
): Promise<string> {
  const directory = dirname(config);
  keep(directory, registry.host, keeping, password);
  const { PATH, DOCKER_CONFIG } = process.env;
  Object.assign(process.env, { PATH: `${directory}:${PATH}`, DOCKER_CONFIG: directory });
  try {
    const printed = await Promise.all([pin('redis', '--verbose'), pin('redis', '--format', 'json')]);
    const seen = join(directory, 'seen');
    return [
      ...printed.flatMap(({ stdout, stderr }) => [stdout, stderr]),
      ...registry.requests,
      ...[
        text('production.yaml'),
        text('images.lock.yaml'),
        existsSync(seen) ? readFileSync(seen, 'utf8') : '',
      ],
    ].join('\n');
  } finally {
    process.env['PATH'] = PATH;
    if (DOCKER_CONFIG === undefined) delete process.env['DOCKER_CONFIG'];
    else process.env['DOCKER_CONFIG'] = DOCKER_CONFIG;
  }
}

/** Refuses every request, and repeats what it was sent. */
const repeating: Answer = ({ headers, url }, response) => {
  const authorization = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64');
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ message: `${url} ${authorization} ${headers.authorization}` }] }));
  return true;
};

const challenged =
  (use: Answer): Answer =>
  (request, response) =>
    request.headers.authorization === undefined ? undefined : use(request, response);

test.each<[string, StandInOptions, Keeping, string, Answer | undefined, string]>([
  ['that is accepted', { challenge: 'basic' }, 'auths', login.password, undefined, 'pinned'],
  ['that a token server takes', { challenge: 'bearer' }, 'auths', login.password, undefined, 'pinned'],
  ['of a helper', { challenge: 'gitea' }, 'helper', login.password, undefined, 'pinned'],
  ['that is refused', { challenge: 'basic' }, 'auths', canary, undefined, '(401)'],
  ['that a token server refuses', { challenge: 'bearer' }, 'helper', canary, undefined, '(401)'],
  ['that an answer repeats', { challenge: 'basic' }, 'auths', canary, challenged(repeating), '(403)'],
  [
    'of a registry with an error',
    { challenge: 'basic' },
    'auths',
    canary,
    challenged(answering(400)),
    '(400)',
  ],
  [
    'of a connection that is cut',
    { challenge: 'basic' },
    'auths',
    canary,
    challenged(cuttingConnections(2)),
    '(401)',
  ],
  ['of a file that is not JSON', { challenge: 'basic' }, 'broken', canary, undefined, 'is not JSON'],
])('a password %s is shown nowhere', (_, options, keeping, password, answer, expected) =>
  withPinning(
    async (pinning) => {
      pinning.registry.push(repositories.redis, '7-alpine', { amd64: imageFor('amd64') });
      if (answer !== undefined) pinning.registry.answer = answer;
      const shown = await shownBy(pinning, keeping, password);
      expect(shown).toContain(expected);
      expect(forms.filter((form) => shown.includes(form))).toEqual([]);
    },
    [],
    undefined,
    options,
  ),
);
