import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ConfigError, type Place } from '../../input/problem';
import { type FileRole, readText } from '../../input/text';
import { OperationError } from '../error';
import { writePrivateFile } from './private-file';
import { formatSecretPath, type SecretLeaf, type SecretPath, treeOf } from './secret-leaf';
import { parseSecrets } from './secrets-yaml';
import { findIdentities } from './sops/identities';
import {
  createFile,
  type OpenedFile,
  openFile,
  readMetadata,
  type SopsFile,
  sealFile,
  TamperedFile,
} from './sops/sops-file';

const role: FileRole = {
  remedy: 'create it with npx honeydue secrets generate',
  purpose: 'contain the values of the Secrets',
};

/**
 * The possible paths of a configuration's secrets file: `secrets.sops.yaml` for production, `staging.secrets.sops.yaml`
 * for staging.
 */
function filesOf(config: string): { readonly encrypted: string; readonly plain: string } {
  const name = basename(config, '.yaml');
  const prefix = name === 'production' ? '' : `${name}.`;
  const at = (end: string) => join(dirname(config), `${prefix}${end}`);
  return { encrypted: at('secrets.sops.yaml'), plain: at('secrets.yaml') };
}

/** The secrets file of a deployment. It is in the directory of the configuration. */
export interface SecretsFile {
  readonly path: string;
  readonly isEncrypted: boolean;
  /** The values as the file contains them, possibly encrypted. */
  readonly leaves: readonly SecretLeaf[];
  /** The values in plain text; undefined if the file can't be decrypted. */
  readonly opened: readonly SecretLeaf[] | undefined;
  readonly placeOf: (path: SecretPath) => Place;
  readonly warnings: readonly string[];
  /** Atomically replaces the values of the file. */
  readonly write: (leaves: readonly SecretLeaf[]) => void;
}

export interface ReadOptions {
  /** Whether a missing key is an error. @default the values stay encrypted if there is no key */
  readonly needsKey?: boolean;
  readonly identities?: () => readonly string[];
}

/**
 * Reads the secrets file of a deployment, and decrypts it if a key for it is found.
 *
 * @param config the deployment's configuration
 * @throws ConfigError if the file is not a secrets file, or was tampered with; OperationError if it does not exist
 */
export async function readSecretsFile(
  config: string,
  { needsKey = false, identities = findIdentities }: ReadOptions = {},
): Promise<SecretsFile> {
  const { encrypted, plain } = filesOf(config);
  if (existsSync(encrypted)) {
    const warnings = existsSync(plain)
      ? [`${shown(plain)} contains secrets in plain text, and it is not used: remove it.`]
      : [];
    return readEncrypted(encrypted, identities(), needsKey, warnings);
  }
  if (existsSync(plain)) return readPlain(plain);
  throw new OperationError(`${shown(encrypted)} does not exist; create it: npx honeydue secrets generate`);
}

export function hasSecretsFile(config: string): boolean {
  return Object.values(filesOf(config)).some((path) => existsSync(path));
}

/** Creates a secrets file without values. It is not written to disk before it has a value. */
export async function createSecretsFile(config: string, recipients: readonly string[]): Promise<SecretsFile> {
  const path = filesOf(config).encrypted;
  const { file, opened } = await createFile(recipients);
  return encryptedFile(path, file, opened, () => ({ file: shown(path), line: 1, column: 1 }), []);
}

async function readEncrypted(
  path: string,
  identities: readonly string[],
  needsKey: boolean,
  warnings: readonly string[],
): Promise<SecretsFile> {
  const file = shown(path);
  const { leaves, metadata, placeOf } = parseSecrets(readText(path, file, role), file);
  if (metadata === undefined) {
    throw new ConfigError([{ place: placeOf([]), path: '', message: withoutMetadata(leaves) }]);
  }
  const sops: SopsFile = { leaves, metadata: readMetadata(metadata, file) };
  try {
    const opened = identities.length === 0 ? undefined : await openFile(sops, identities);
    if (opened === undefined && needsKey)
      throw new OperationError(keyIsMissing(sops, file, identities.length > 0));
    return encryptedFile(path, sops, opened, placeOf, warnings);
  } catch (error) {
    if (!(error instanceof TamperedFile)) throw error;
    const { path: where, message } = error;
    throw new ConfigError([
      {
        place: placeOf(where),
        path: formatSecretPath(where),
        message: `${message}; restore the file from git`,
      },
    ]);
  }
}

/** Why a file that should be encrypted has no section `sops`. */
function withoutMetadata(leaves: readonly SecretLeaf[]): string {
  if (leaves.length === 0)
    return 'is empty; restore it from git, or remove it and run npx honeydue secrets generate';
  return leaves.some(({ value }) => value.startsWith('ENC['))
    ? 'has encrypted values, but no section `sops`, so its end is missing; restore it from git'
    : 'is not encrypted, although its name says so; rename it to secrets.yaml, or encrypt it: sops --encrypt --in-place';
}

function keyIsMissing({ metadata }: SopsFile, file: string, hasOther: boolean): string {
  const recipients = metadata.age.map(({ recipient }) => recipient).join(', ');
  const what = hasOther
    ? 'none of the age identities found can decrypt this file'
    : 'no age identity was found';
  return `${file}: ${what}. Set SOPS_AGE_KEY_FILE to the key file of one of the recipients (${recipients}).`;
}

function encryptedFile(
  path: string,
  file: SopsFile,
  opened: OpenedFile | undefined,
  placeOf: SecretsFile['placeOf'],
  warnings: readonly string[],
): SecretsFile {
  return {
    path,
    isEncrypted: true,
    leaves: file.leaves,
    opened: opened?.leaves,
    placeOf,
    warnings,
    write: (leaves) => {
      if (opened === undefined) throw new Error('a file that was not decrypted must not be written');
      writePrivateFile(path, sealFile(leaves, opened, file, new Date()));
    },
  };
}

/** @throws ConfigError if git does not ignore the file */
function readPlain(path: string): SecretsFile {
  const file = shown(path);
  const { leaves, metadata, placeOf } = parseSecrets(readText(path, file, role), file);
  if (metadata !== undefined)
    throw new ConfigError([
      { place: placeOf([]), path: '', message: `is encrypted; rename it to secrets.sops.yaml` },
    ]);
  if (!isIgnored(path)) {
    const message = `contains secrets in plain text, and git does not ignore it; add ${basename(path)} to .gitignore, or encrypt it: npx honeydue secrets encrypt`;
    throw new ConfigError([{ place: placeOf([]), path: '', message }]);
  }
  return {
    path,
    isEncrypted: false,
    leaves,
    opened: leaves,
    placeOf,
    warnings: [
      `${file} contains secrets in plain text. To encrypt and then remove it: npx honeydue secrets encrypt`,
    ],
    write: (next) => writePrivateFile(path, stringifyPlain(next)),
  };
}

/** The values in plain text, for an editor or for a file that git ignores. */
export function stringifyPlain(leaves: readonly SecretLeaf[]): string {
  return (require('yaml') as typeof import('yaml')).stringify(treeOf(leaves), { lineWidth: 0 });
}

function isIgnored(path: string): boolean {
  return spawnSync('git', ['check-ignore', '--quiet', '--', path], { cwd: dirname(path) }).status === 0;
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
