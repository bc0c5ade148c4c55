import { readFileSync, rmSync } from 'node:fs';
import { type Configuration, loadConfiguration } from '../../deployment/config/load';
import type { Problem } from '../../input/problem';
import { setYamlValue } from '../../input/yaml-edit';
import { fileChanges } from '../../output/changes';
import { rewriteFile } from '../../output/replace';
import { OperationError } from '../error';
import { checkSecrets } from './check';
import { type SecretsContract, secretsContract } from './contract';
import { generateSecrets, type PublicValue } from './generate';
import { formatSecretPath } from './secret-leaf';
import { createSecretsFile, hasSecretsFile, readSecretsFile, type SecretsFile } from './secrets-file';
import { createIdentity, recipientOf } from './sops/data-key';
import { findIdentities, keepIdentity } from './sops/identities';

/** The result of `secrets check`. */
export interface SecretsReport {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Whether the values were decrypted and checked, not only their names. */
  readonly isOpened: boolean;
  readonly values: number;
  readonly warnings: readonly string[];
}

/** Checks the secrets file of a deployment against its configuration. */
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

/** The result of `secrets generate`. */
export interface GenerateReport {
  readonly file: string;
  /** The paths of the generated values. */
  readonly made: readonly string[];
  /** The paths of the values that were set in the configuration. */
  readonly published: readonly string[];
  /** The age key file, if a new one was created. */
  readonly keyFile?: string;
  readonly warnings: readonly string[];
}

export interface GenerateOptions {
  /** The age recipients of a new file. @default the recipients of this user's identities, or of a new identity */
  readonly recipients?: readonly string[];
  /** Values to generate again, such as `honeydue-secrets.REDIS_PASSWORD`. */
  readonly rotate?: readonly string[];
}

/**
 * Generates missing values. The secrets file is written before the configuration: a public key without its private key
 * would be useless.
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

/** The result of `secrets encrypt`. */
export interface EncryptReport {
  readonly file: string;
  readonly removed: string;
  readonly keyFile?: string;
}

/** Encrypts a plain text file. The plain text file is removed after the encrypted one is written. */
export async function encryptPlainFile(config: string, stated: readonly string[]): Promise<EncryptReport> {
  const plain = await readSecretsFile(config);
  const removed = plain.placeOf([]).file;
  if (plain.isEncrypted) throw new OperationError(`${removed} is already encrypted; nothing was written.`);
  const { recipients, ...made } = await newRecipients(stated);
  const file = await createSecretsFile(config, recipients);
  file.write(plain.leaves);
  rmSync(plain.path);
  return { file: file.placeOf([]).file, removed, ...made };
}

/** The recipients of a new file, and the key file if a new identity was created. */
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

/** Sets public values in the configuration, and keeps its comments. */
function publish(config: string, values: readonly PublicValue[]): void {
  if (values.length === 0) return;
  const text = readFileSync(config, 'utf8');
  const edited = values.reduce((before, { path, value }) => setYamlValue(before, path, value), text);
  rewriteFile(config, edited, fileChanges);
}

/** Loads a configuration with its contract. Expired acknowledgements are allowed, because they don't affect secrets. */
export function loadContract(config: string): { configuration: Configuration; contract: SecretsContract } {
  const configuration = loadConfiguration(config, { allowExpired: true });
  return { configuration, contract: secretsContract(configuration.deployment) };
}
