import { createHash, timingSafeEqual } from 'node:crypto';
import { Scalar, stringify } from 'yaml';
import { OperationError } from '../../error';
import { inFileOrder, type SecretLeaf, type SecretPath, treeOf } from '../secret-leaf';
import { type AgeRecipientKey, createDataKey, decryptDataKey, encryptDataKey } from './data-key';
import { additionalData, decryptValue, encryptValue, isEncryptedValue } from './value';

/** The metadata that SOPS stores under the key `sops`. Other fields are kept unchanged. */
export interface SopsMetadata {
  readonly age: readonly AgeRecipientKey[];
  readonly lastmodified: string;
  readonly mac: string;
  readonly unencrypted_suffix?: string;
  readonly version: string;
}

/** A SOPS file: the encrypted values, in the order of the file. */
export interface SopsFile {
  readonly leaves: readonly SecretLeaf[];
  readonly metadata: SopsMetadata;
}

/** The decrypted values of a file, and the data key that encrypts its next version. */
export interface OpenedFile {
  readonly leaves: readonly SecretLeaf[];
  readonly dataKey: Uint8Array;
}

/** The values of a file can't be trusted: another program than SOPS changed it, or it is damaged. */
export class TamperedFile extends Error {
  constructor(
    readonly path: SecretPath,
    message: string,
  ) {
    super(message);
    this.name = 'TamperedFile';
  }
}

/** By default, SOPS does not encrypt values of keys with this suffix. */
export const unencryptedSuffix = '_unencrypted';

/**
 * Settings that leave some values unencrypted or out of the MAC. They are refused, because every value of this file is
 * secret.
 */
const unsupported = [
  'encrypted_suffix',
  'encrypted_regex',
  'unencrypted_regex',
  'encrypted_comment_regex',
  'unencrypted_comment_regex',
  'mac_only_encrypted',
  'key_groups',
  'shamir_threshold',
] as const;

/** @throws OperationError if the metadata is not sufficient to decrypt the values */
export function readMetadata(data: unknown, file: string): SopsMetadata {
  const metadata = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const setting = unsupported.find((name) => metadata[name] !== undefined && metadata[name] !== null);
  if (setting !== undefined)
    throw new OperationError(
      `${file}: sops.${setting} is set, but every value of this file must be encrypted, with age. Remove the setting from .sops.yaml and encrypt the file again.`,
    );
  const { age, lastmodified, mac } = metadata;
  if (!Array.isArray(age) || age.length === 0)
    throw new OperationError(
      `${file}: sops.age has no recipient; encrypt the file with age: sops --age age1…`,
    );
  if (typeof lastmodified !== 'string' || typeof mac !== 'string')
    throw new OperationError(`${file}: sops.mac or sops.lastmodified is missing; restore the file from git.`);
  return metadata as unknown as SopsMetadata;
}

/**
 * Decrypts a file, and verifies its MAC.
 *
 * @returns undefined if no identity belongs to a recipient of the file
 * @throws TamperedFile
 */
export async function openFile(
  { leaves, metadata }: SopsFile,
  identities: readonly string[],
): Promise<OpenedFile | undefined> {
  const dataKey = await decryptDataKey(metadata.age, identities);
  if (dataKey === undefined) return undefined;
  const hash = createHash('sha512');
  const opened = leaves.map(({ path, value }) => {
    const plaintext = decryptValue(value, dataKey, additionalData(path));
    if (plaintext === undefined)
      throw new TamperedFile(
        path,
        isEncryptedValue(value)
          ? "can't be decrypted: the value was changed, or moved from another key"
          : 'is not encrypted',
      );
    hash.update(plaintext.bytes);
    const text = plaintext.bytes.toString('utf8');
    return { path, value: plaintext.type === 'bool' ? text.toLowerCase() : text };
  });
  const mac = decryptValue(metadata.mac, dataKey, metadata.lastmodified)?.bytes.toString('utf8') ?? '';
  if (!isEqual(mac, hash.digest('hex').toUpperCase()))
    throw new TamperedFile(
      [],
      'the MAC does not match: values were added, removed or moved by another program than SOPS',
    );
  return { leaves: opened, dataKey };
}

/**
 * Encrypts values into the next version of a file. The ciphertext of unchanged values is kept, so that a diff shows
 * only changes.
 */
export function sealFile(
  leaves: readonly SecretLeaf[],
  { dataKey, leaves: before }: OpenedFile,
  file: SopsFile,
  now: Date,
): string {
  const old = new Map(
    before.map(({ path, value }, index) => [path.join('\0'), { value, text: file.leaves[index]?.value }]),
  );
  const hash = createHash('sha512');
  // The MAC covers the values in the order of the file.
  const sealed = inFileOrder(leaves).map(({ path, value }) => {
    hash.update(value);
    const known = old.get(path.join('\0'));
    const text =
      known !== undefined && known.value === value && known.text !== undefined
        ? known.text
        : encryptValue(value, dataKey, additionalData(path));
    return { path, value: text };
  });
  const lastmodified = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const mac = encryptValue(hash.digest('hex').toUpperCase(), dataKey, lastmodified);
  const tree = new Map<string, unknown>(treeOf(sealed));
  // Without quotes, SOPS would parse the value as a time, not as a string.
  const time = new Scalar(lastmodified);
  time.type = Scalar.QUOTE_DOUBLE;
  tree.set('sops', { ...file.metadata, lastmodified: time, mac });
  return stringify(tree, { lineWidth: 0 });
}

/** Creates a file without values for these recipients. */
export async function createFile(
  recipients: readonly string[],
): Promise<{ file: SopsFile; opened: OpenedFile }> {
  const dataKey = createDataKey();
  const age = await encryptDataKey(dataKey, recipients);
  const metadata = {
    age,
    lastmodified: '',
    mac: '',
    unencrypted_suffix: unencryptedSuffix,
    version: '3.9.0',
  };
  return { file: { leaves: [], metadata }, opened: { leaves: [], dataKey } };
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
