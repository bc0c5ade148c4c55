import { z } from 'zod';
import { resources, seconds, secretKey } from './container';
import { bytes, resolvable, serviceName, strictObject, text, whole } from './primitives';

/** A nightly dump of Postgres into a bucket. Its images are off the shelf, one for each program. */
export const postgresBackup = strictObject(
  {
    kind: z.literal('PostgresBackup'),
    images: strictObject({
      postgres: serviceName,
      age: serviceName,
      rclone: serviceName,
      curl: serviceName,
    }),
    schedule: text('five fields in UTC, such as 17 3 * * *'),
    database: strictObject({
      server: serviceName,
      name: text('the name of a database'),
      user: text('the name of a role'),
      password: secretKey,
    }),
    bucket: strictObject({
      server: serviceName,
      name: resolvable(text('the name of a bucket')),
      region: text('a region such as us-east-005'),
      keyId: secretKey,
      key: secretKey,
    }),
    publicKey: resolvable(
      text(
        'an age recipient, age1…',
        (value) => value !== '',
        () => '',
      ),
    ),
    minimumBytes: resolvable(whole(1, 2 ** 50, ' bytes')),
    sizeLimit: bytes,
    deadlineSeconds: seconds(60),
    resources,
  },
  { image: 'its programs are in several images; name them under images' },
);

export type PostgresBackup = z.output<typeof postgresBackup>;
