import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ConfigError, type Place } from '../../input/problem';
import { type FileChanges, fileChanges } from '../../output/changes';
import { removeLeftovers, replaceFile } from '../../output/replace';
import { OperationError } from '../error';
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

/** The names of a configuration's secrets file: `secrets.sops.yaml` of production, `staging.secrets.sops.yaml` of staging. */
function filesOf(config: string): { readonly encrypted: string; readonly plain: string } {
  const name = basename(config, '.yaml');
  const prefix = name === 'production' ? '' : `${name}.`;
  const at = (end: string) => join(dirname(config), `${prefix}${end}`);
  return { encrypted: at('secrets.sops.yaml'), plain: at('secrets.yaml') };
}

/** The secrets file of a deployment, next to its configuration. */
export interface SecretsFile {
  readonly path: string;
  /** Whether the file is encrypted. */
  readonly isEncrypted: boolean;
  /** The values as they are in the file. */
  readonly leaves: readonly SecretLeaf[];
  /** The values in plain text; undefined without the key. */
  readonly opened: readonly SecretLeaf[] | undefined;
  readonly placeOf: (path: SecretPath) => Place;
  readonly warnings: readonly string[];
  /** Writes other values in place of these, atomically. */
  readonly write: (leaves: readonly SecretLeaf[]) => void;
}

export interface ReadOptions {
  /** Whether the values are needed. @default they are read where the key is there */
  readonly needsKey?: boolean;
  readonly identities?: () => readonly string[];
}

/**
 * Reads the secrets file of a deployment and, where a key fits, decrypts it.
 *
 * @param config the deployment's configuration
 * @throws ConfigError for a file that is no secrets file, or was changed; OperationError for one that is not there
 */
export async function readSecretsFile(
  config: string,
  { needsKey = false, identities = findIdentities }: ReadOptions = {},
): Promise<SecretsFile> {
  const { encrypted, plain } = filesOf(config);
  if (existsSync(encrypted)) {
    const warnings = existsSync(plain)
      ? [`${shown(plain)} holds secrets in plain text and is not read: remove it.`]
      : [];
    return readEncrypted(encrypted, identities(), needsKey, warnings);
  }
  if (existsSync(plain)) return readPlain(plain);
  throw new OperationError(`${shown(encrypted)} is not there; npx honeydue secrets generate makes it.`);
}

/** Whether a deployment has a secrets file. */
export function hasSecretsFile(config: string): boolean {
  return Object.values(filesOf(config)).some((path) => existsSync(path));
}

/** Makes a secrets file without values, for these recipients. It is not written before its first value. */
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
  const { leaves, metadata, placeOf } = parseSecrets(readFileSync(path, 'utf8'), file);
  if (metadata === undefined) {
    const message =
      'is not encrypted, although its name says so; rename it to secrets.yaml, or encrypt it: sops --encrypt --in-place';
    throw new ConfigError([{ place: placeOf([]), path: '', message }]);
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

function keyIsMissing({ metadata }: SopsFile, file: string, hasOther: boolean): string {
  const recipients = metadata.age.map(({ recipient }) => recipient).join(', ');
  const what = hasOther ? 'none of the age identities found decrypts it' : 'no age identity was found';
  return `${file}: ${what}. Name the key file of one of its recipients (${recipients}) by SOPS_AGE_KEY_FILE.`;
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
      if (opened === undefined) throw new Error('a file that was not decrypted is not written');
      replace(path, sealFile(leaves, opened, file, new Date()));
    },
  };
}

/** @throws ConfigError for a file that git could commit */
function readPlain(path: string): SecretsFile {
  const file = shown(path);
  const { leaves, metadata, placeOf } = parseSecrets(readFileSync(path, 'utf8'), file);
  if (metadata !== undefined)
    throw new ConfigError([
      { place: placeOf([]), path: '', message: `is encrypted; rename it to secrets.sops.yaml` },
    ]);
  if (!isIgnored(path)) {
    const message = `holds secrets in plain text, and git does not ignore it; add ${basename(path)} to .gitignore, or encrypt it: npx honeydue secrets encrypt`;
    throw new ConfigError([{ place: placeOf([]), path: '', message }]);
  }
  return {
    path,
    isEncrypted: false,
    leaves,
    opened: leaves,
    placeOf,
    warnings: [
      `${file} holds secrets in plain text. npx honeydue secrets encrypt encrypts it and removes it.`,
    ],
    write: (next) => replace(path, stringifyPlain(next)),
  };
}

/** Values in plain text, for an editor or a file that git ignores. */
export function stringifyPlain(leaves: readonly SecretLeaf[]): string {
  return (require('yaml') as typeof import('yaml')).stringify(treeOf(leaves), { lineWidth: 0 });
}

function isIgnored(path: string): boolean {
  return spawnSync('git', ['check-ignore', '--quiet', '--', path], { cwd: dirname(path) }).status === 0;
}

/** For this user alone, also while it is written. */
const changes: FileChanges = {
  ...fileChanges,
  createFile: (path, text) => writeFileSync(path, text, { flag: 'wx', mode: 0o600 }),
};

function replace(path: string, text: string): void {
  removeLeftovers(dirname(path), new Set([basename(path)]), changes);
  replaceFile(path, text, changes);
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
