import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OperationError } from '../error';
import { runProgram } from '../process';

/** How a user logs in to a registry. It is sent to that registry only, and printed nowhere. */
export type RegistryCredentials =
  | { readonly user: string; readonly password: string }
  /** What Docker keeps in place of a password for a registry that gave it out. */
  | { readonly identityToken: string };

interface DockerConfiguration {
  readonly auths?: Readonly<Record<string, { auth?: string; identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** The file in which `docker login` keeps how it logs in. */
export function dockerConfigurationFile(): string {
  return join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json');
}

/**
 * The credentials of a registry as Docker finds them: the registry's helper, else the store of all, else the file itself.
 *
 * @param key the registry's name in the file
 * @returns undefined where none are kept
 */
export async function findCredentials(
  key: string,
  file = dockerConfigurationFile(),
): Promise<RegistryCredentials | undefined> {
  const { auths = {}, credHelpers = {}, credsStore } = readConfiguration(file);
  const names = [key, `https://${key}`, `https://${key}/v1/`, `https://${key}/v2/`];
  const helper = names.map((name) => credHelpers[name]).find((each) => each !== undefined) ?? credsStore;
  if (helper !== undefined) {
    const found = await askHelper(helper, key);
    if (found !== undefined) return found;
  }
  const entry = names.map((name) => auths[name]).find((each) => each !== undefined);
  if (entry?.identitytoken) return { identityToken: entry.identitytoken };
  if (!entry?.auth) return undefined;
  const [user = '', ...password] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
  return { user, password: password.join(':') };
}

function readConfiguration(file: string): DockerConfiguration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    return JSON.parse(text) as DockerConfiguration;
  } catch {
    // What the parser says quotes the text, and the text holds passwords.
    throw new OperationError(`${file} is not JSON. Log in again with docker login, or correct the file.`);
  }
}

/** The protocol of Docker's helpers: the registry on standard input, JSON on standard output. */
async function askHelper(helper: string, key: string): Promise<RegistryCredentials | undefined> {
  const program = `docker-credential-${helper}`;
  const { status, stdout } = await runProgram({ program, args: ['get'], input: key });
  // A helper fails where it has nothing.
  if (status !== 0) return undefined;
  try {
    const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
    return Username === '<token>' ? { identityToken: Secret } : { user: Username, password: Secret };
  } catch {
    throw new OperationError(`${program} answered with no JSON. Log in again with docker login.`);
  }
}
