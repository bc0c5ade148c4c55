import { parseQuantity } from '../../kubernetes/quantity';
import { isSchedule } from '../../kubernetes/schedule';
import { imageReference, objectName, seconds } from '../../kubernetes/value-rule';
import { secretKeyProblems } from '../parts/environment';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PostgresBackupProps } from './backup-parts';

/** Reports invalid props of a backup. `name` and `resources` are checked elsewhere. */
export function backupProblems(props: PostgresBackupProps): (PropProblem | undefined)[] {
  const { images, schedule, database, bucket, metrics, minimumBytes, sizeLimit } = props;
  const whole = Number.isSafeInteger(minimumBytes) && minimumBytes > 0;
  const enough = (parseQuantity(sizeLimit) ?? 0) > minimumBytes;
  return [
    ...Object.entries(images).map(([program, image]) =>
      ruleProblem(['images', program], image, imageReference),
    ),
    ruleProblem(['deadlineSeconds'], props.deadlineSeconds, seconds(1)),
    ruleProblem(['priorityClass'], props.priorityClass, objectName),
    ...secretKeyProblems(['database', 'password'], database.password),
    ...secretKeyProblems(['bucket', 'keyId'], bucket.keyId),
    ...secretKeyProblems(['bucket', 'key'], bucket.key),
    ...secretKeyProblems(['metrics', 'token'], metrics.token),
    rule(
      'schedule',
      schedule,
      isSchedule(schedule) && !/^@|\n/.test(schedule),
      'five fields such as "17 3 * * *", in UTC, without TZ=',
    ),
    rule('database.host', database.host, hostName, 'a host name, without scheme, user and port'),
    rule('database.host', database.host, !/^[^.]*-pooler(\.|$)/.test(database.host), direct),
    rule('database.name', database.name, /^\w[\w-]*$/, 'letters, digits, "_" and "-"'),
    rule('bucket.name', bucket.name, bucketName, '3 to 63 characters: letters, digits, "." and "-"'),
    rule('bucket.endpoint', bucket.endpoint, origin, 'https:// and a host, without a path'),
    rule(
      'metrics.url',
      metrics.url,
      url,
      'an https:// URL with a path and without a user, because a token is sent to it',
    ),
    rule(
      'minimumBytes',
      minimumBytes,
      whole,
      'a whole number above 0, for example half of the size of a current dump',
    ),
    rule('sizeLimit', sizeLimit, enough, 'a Kubernetes quantity above minimumBytes, such as 5Gi'),
    // The message omits the value, because it may be the private key.
    ageRecipient.test(props.publicKey) ? undefined : { path: ['publicKey'], message: noRecipient },
  ];
}

function rule(path: string, value: string | number, valid: RegExp | boolean, right: string) {
  const passes = typeof valid === 'boolean' ? valid : valid.test(String(value));
  const shown = typeof value === 'string' ? JSON.stringify(value) : value;
  return passes ? undefined : { path: path.split('.'), message: `is ${shown}; it must be ${right}` };
}

const direct = 'the host of the server itself, without "-pooler": pg_dump needs its own session';
const noRecipient =
  'must be an age public key: "age1" and 58 letters and digits, as age-keygen prints it after "public key:"; a private key must not be in the cluster';
const ageRecipient = /^age1[02-9ac-hj-np-z]{58}$/;
const hostName = /^[a-z0-9][a-z0-9.-]*$/i;
const bucketName = /^[a-z0-9][a-z0-9.-]{2,62}$/i;
const origin = /^https:\/\/[\w.-]+(:\d+)?$/;
const url = /^https:\/\/[\w.-]+(:\d+)?\/\S*$/;
