import { bech32 } from '@scure/base';
import { z } from 'zod';
import { placementFields } from '../../../constructs/parts/placement';
import { resourcesSchema, secondsSchema, secretKey } from './container';
import { fieldShape, patchSchema } from './field-schema';
import { bytesSchema, resolvable, serviceName, strictObject, text, whole } from './primitives';

/**
 * A recipient of age. Its checksum is verified: a backup that is encrypted to a mistyped recipient can't be
 * decrypted.
 */
const ageRecipient = z.custom<string>(
  isAgeRecipient,
  'must be a public key as age-keygen prints it after "public key:": age1 and 58 letters and digits with a valid checksum. The value is not printed, because it may be the private key',
);

function isAgeRecipient(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const decoded = bech32.decodeUnsafe(value, 62);
  return decoded?.prefix === 'age' && value === value.toLowerCase() && decoded.words.length === 52;
}

/** A nightly dump of Postgres to a bucket. It runs several programs, each from its own public image. */
export const postgresBackup = strictObject(
  {
    kind: z.literal('PostgresBackup'),
    images: strictObject({
      postgres: serviceName,
      age: serviceName,
      rclone: serviceName,
      curl: serviceName,
    }),
    schedule: text(
      'a time once a day, because an alert expects a daily backup: a minute, an hour (UTC) and * * *, such as 17 3 * * *',
      (value) => /^([0-5]?\d) +([01]?\d|2[0-3]) +\* +\* +\*$/.test(value),
    ),
    database: strictObject({
      server: serviceName,
      name: text('the name of a database'),
      user: text('the name of a role'),
      password: secretKey,
    }),
    bucket: strictObject({
      server: serviceName,
      name: resolvable(text('the name of a bucket')),
      uploads: text('the name of the bucket with the uploads of users').exactOptional(),
      region: text('a region such as us-east-005'),
      keyId: secretKey,
      key: secretKey,
    }),
    publicKey: resolvable(ageRecipient),
    minimumBytes: resolvable(whole(1, 2 ** 50, ' bytes')),
    sizeLimit: bytesSchema,
    deadlineSeconds: secondsSchema(60),
    resources: resourcesSchema,
    ...fieldShape(placementFields),
    patch: patchSchema('cronJob', 'serviceAccount').exactOptional(),
  },
  { image: 'its programs come from several images; set the images under images' },
);

export type PostgresBackupConfig = z.output<typeof postgresBackup>;
