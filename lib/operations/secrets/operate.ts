import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Configuration, loadConfiguration } from '../../deployment/config/load';
import type { Problem } from '../../input/problem';
import { setYamlValue } from '../../input/yaml-edit';
import { fileChanges } from '../../output/changes';
import { removeLeftovers, replaceFile } from '../../output/replace';
import { OperationError } from '../error';
import { checkSecrets } from './check';
import { type SecretsContract, secretsContract } from './contract';
import { generateSecrets, type PublicValue } from './generate';
import { formatSecretPath } from './secret-leaf';
import { createSecretsFile, hasSecretsFile, readSecretsFile, type SecretsFile } from './secrets-file';
import { createIdentity, recipientOf } from './sops/data-key';
import { findIdentities, keepIdentity } from './sops/identities';

/** What `secrets check` found. */
export interface SecretsReport {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Whether the values were looked at, not only their names. */
  readonly isOpened: boolean;
  readonly values: number;
  readonly warnings: readonly string[];
}

/** Holds the secrets file of a deployment against its configuration. */
export async function checkSecretsFile(config: string): Promise<SecretsReport> {
  const { contract } = loadContract(config);
  return report(contract, await readSecretsFile(config));
}

function report(contract: SecretsContract, file: SecretsFile): SecretsReport {
  const { placeOf, opened, leaves, warnings } = file;
  return {
    file: placeOf([]).file,
    problems: checkSecrets(contract, file, new Date()),
    isOpened: opened !== undefined,
    values: leaves.length,
    warnings,
  };
}

/** What `secrets generate` made. */
export interface GenerateReport {
  readonly file: string;
  /** The values that were made, by their paths. */
  readonly made: readonly string[];
  /** The values of the configuration that were stated. */
  readonly published: readonly string[];
  /** The key file that was made. */
  readonly keyFile?: string;
  readonly warnings: readonly string[];
}

export interface GenerateOptions {
  /** Who may decrypt a file that is made. @default the identities of this user, or a new one */
  readonly recipients?: readonly string[];
  /** Values to make anew, such as `honeydue-secrets.REDIS_PASSWORD`. */
  readonly rotate?: readonly string[];
}

/**
 * Makes the values that can be made. The secrets file is written first: a public half without its private one could not be
 * made up for.
 */
export async function generateMissing(
  config: string,
  { recipients = [], rotate = [] }: GenerateOptions,
): Promise<GenerateReport> {
  const { configuration, contract } = loadContract(config);
  const { file, keyFile } = await openOrCreate(config, recipients);
  const { leaves, made, published } = await generateSecrets(
    configuration.deployment,
    contract,
    file.opened ?? [],
    rotate,
  );
  if (made.length > 0) file.write(leaves);
  publish(config, published);
  return {
    file: file.placeOf([]).file,
    made: made.map(formatSecretPath),
    published: published.map(({ path }) => formatSecretPath(path)),
    ...(keyFile !== undefined && { keyFile }),
    warnings: file.warnings,
  };
}

/** What `secrets encrypt` made of a file in plain text. */
export interface EncryptReport {
  readonly file: string;
  readonly removed: string;
  readonly keyFile?: string;
}

/** Encrypts a file in plain text, and removes it once the encrypted one is there. */
export async function encryptPlainFile(config: string, stated: readonly string[]): Promise<EncryptReport> {
  const plain = await readSecretsFile(config);
  const removed = plain.placeOf([]).file;
  if (plain.isEncrypted) throw new OperationError(`${removed} is encrypted already; nothing was written.`);
  const { recipients, ...made } = await newRecipients(stated);
  const file = await createSecretsFile(config, recipients);
  file.write(plain.leaves);
  rmSync(plain.path);
  return { file: file.placeOf([]).file, removed, ...made };
}

/** The recipients of a new file, and the key file that had to be made for them. */
async function newRecipients(
  stated: readonly string[],
): Promise<{ recipients: readonly string[]; keyFile?: string }> {
  if (stated.length > 0) return { recipients: stated };
  const own = await Promise.all(findIdentities().map(recipientOf));
  const known = own.filter((recipient) => recipient !== undefined);
  if (known.length > 0) return { recipients: known };
  const identity = await createIdentity();
  const recipient = (await recipientOf(identity)) ?? '';
  return { recipients: [recipient], keyFile: keepIdentity(identity, recipient) };
}

async function openOrCreate(
  config: string,
  stated: readonly string[],
): Promise<{ file: SecretsFile; keyFile?: string }> {
  if (hasSecretsFile(config)) return { file: await readSecretsFile(config, { needsKey: true }) };
  const { recipients, ...made } = await newRecipients(stated);
  return { file: await createSecretsFile(config, recipients), ...made };
}

/** States public values in the configuration, with its comments kept. */
function publish(config: string, values: readonly PublicValue[]): void {
  if (values.length === 0) return;
  const text = readFileSync(config, 'utf8');
  const edited = values.reduce((before, { path, value }) => setYamlValue(before, path, value), text);
  removeLeftovers(dirname(config), new Set([basename(config)]), fileChanges);
  replaceFile(config, edited, fileChanges);
}

/** A configuration and its contract; expired acknowledgements are no matter of secrets. */
export function loadContract(config: string): { configuration: Configuration; contract: SecretsContract } {
  const configuration = loadConfiguration(config, { allowExpired: true });
  return { configuration, contract: secretsContract(configuration.deployment) };
}
