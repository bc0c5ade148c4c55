import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { OperationError } from '../../error';
import { writePrivateFile } from '../private-file';

/** The default file in which SOPS looks for age identities. */
export function defaultIdentityFile(): string {
  const configured = process.env['XDG_CONFIG_HOME'];
  const home =
    platform() === 'darwin' ? join(homedir(), 'Library', 'Application Support') : join(homedir(), '.config');
  return join(configured || home, 'sops', 'age', 'keys.txt');
}

/**
 * Finds this user's age identities where SOPS looks for them: SOPS_AGE_KEY, SOPS_AGE_KEY_FILE, and the file in the
 * user's configuration directory.
 *
 * @returns an empty list if there are none
 */
export function findIdentities(): string[] {
  const { SOPS_AGE_KEY: inline, SOPS_AGE_KEY_FILE: named } = process.env;
  const files = [named, defaultIdentityFile()].filter(
    (file): file is string => file !== undefined && file !== '' && existsSync(file),
  );
  return [inline ?? '', ...files.map(readKeyFile)].flatMap(identitiesIn);
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperationError(`${file} can't be read (${code}); it must be a file with age identities.`);
  }
}

/** The identities in a key file, without comments and empty lines. */
function identitiesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));
}

/**
 * Adds an identity to the user's key file, where SOPS also finds it.
 *
 * @returns the path of the file
 */
export function keepIdentity(identity: string, recipient: string): string {
  const file = process.env['SOPS_AGE_KEY_FILE'] || defaultIdentityFile();
  const before = existsSync(file) ? readFileSync(file, 'utf8').replace(/(?<=[^\n])$/, '\n') : '';
  writePrivateFile(file, `${before}# public key: ${recipient}\n${identity}\n`);
  return file;
}
