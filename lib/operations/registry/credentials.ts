import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OperationError } from '../error';
import { runProgram } from '../process';

/** The credentials for a registry. They are sent only to that registry, and never printed. */
export type RegistryCredentials =
  | { readonly user: string; readonly password: string }
  /** A token that Docker stores instead of a password, if the registry issued one. */
  | { readonly identityToken: string };

interface DockerConfiguration {
  readonly auths?: Readonly<Record<string, { auth?: string; identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** The file in which `docker login` stores credentials. */
export function dockerConfigurationFile(): string {
  return join(process.env['DOCKER_CONFIG'] || join(homedir(), '.docker'), 'config.json');
}

/**
 * Finds a registry's credentials in the same order as Docker: the credential helper of the registry, the default
 * credential store, the file itself.
 *
 * @param key the name of the registry in the file
 * @returns undefined if there are none
 */
export async function findCredentials(
  key: string,
  file = dockerConfigurationFile(),
): Promise<RegistryCredentials | undefined> {
  const { auths, credHelpers, credsStore } = readConfiguration(file);
  const helper = entryOf(credHelpers, key) ?? credsStore;
  if (helper !== undefined) {
    const found = await askHelper(helper, key);
    if (found !== undefined) return found;
  }
  const entry = entryOf(auths, key);
  if (entry?.identitytoken) return { identityToken: entry.identitytoken };
  if (!entry?.auth) return undefined;
  const [user = '', ...password] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
  return { user, password: password.join(':') };
}

/** The entry of a registry: by its name, or by an address of the same host, as older versions of Docker write it. */
function entryOf<Entry>(
  entries: Readonly<Record<string, Entry>> | null | undefined,
  key: string,
): Entry | undefined {
  const hostOf = (name: string) => name.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const names = Object.keys(entries ?? {});
  const name = names.find((each) => each === key) ?? names.find((each) => hostOf(each) === hostOf(key));
  return name === undefined ? undefined : entries?.[name];
}

function readConfiguration(file: string): DockerConfiguration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    const value = JSON.parse(text) as DockerConfiguration | null;
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The parser's message is not printed: it quotes the file, which contains passwords.
  }
  throw new OperationError(
    `${file} is not JSON with the entries of docker login. Log in again with docker login, or correct the file.`,
  );
}

/** Calls a Docker credential helper: it reads the registry's name from standard input, and prints JSON. */
async function askHelper(helper: string, key: string): Promise<RegistryCredentials | undefined> {
  const program = `docker-credential-${helper}`;
  const { status, stdout } = await runProgram({ program, args: ['get'], input: key });
  // The helper fails if it has no credentials for the registry.
  if (status !== 0) return undefined;
  try {
    const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
    return Username === '<token>' ? { identityToken: Secret } : { user: Username, password: Secret };
  } catch {
    throw new OperationError(`${program} did not print JSON. Log in again with docker login.`);
  }
}
