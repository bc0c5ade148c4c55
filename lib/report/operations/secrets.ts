import type { ApplyPlan } from '../../operations/secrets/apply';
import type { ComparedSecret, SecretState } from '../../operations/secrets/compare';
import type { ContractKey, SecretKind } from '../../operations/secrets/contract';
import { describeTable } from '../table';

const states: Readonly<Record<SecretState, string>> = {
  missing: 'missing',
  ours: 'the same',
  differs: 'changed in the file',
  changed: 'changed in the cluster',
  foreign: 'not applied yet',
  unknown: 'not compared: no age identity decrypts the file',
};

/** Prints a line for each Secret that the configuration lists. */
export function secretsStatusText(namespace: string, secrets: readonly ComparedSecret[]): string {
  const rows = describeTable(
    { head: 'Secret', cells: secrets.map(({ secret }) => `${namespace}/${secret.name}`) },
    [
      { head: 'Content', cells: secrets.map(contentOf) },
      { head: 'Keys', cells: secrets.map(keysOf) },
    ],
  );
  return `${rows.join('\n')}\n`;
}

function contentOf({ state, changedBy }: ComparedSecret): string {
  const by =
    state === 'changed' && changedBy !== undefined ? ` by ${changedBy.manager}, ${changedBy.time}` : '';
  return states[state] + by;
}

function keysOf({ live, missingKeys, surplusKeys }: ComparedSecret): string {
  if (live === undefined) return '';
  const missing = missingKeys.length === 0 ? '' : `; lacks ${missingKeys.join(', ')}`;
  const surplus = surplusKeys.length === 0 ? '' : `; not in the file: ${surplusKeys.join(', ')}`;
  return `${live.keys.length}${missing}${surplus}`;
}

/** The text that is printed before an apply is confirmed: the Secrets to write, and the consequences. */
export function applyPlanText(
  { namespace, writes, unchanged, revisions }: ApplyPlan,
  cluster: string,
): string {
  if (writes.length === 0 && revisions.size === 0)
    return `${cluster}: all ${unchanged.length} Secrets have the values of the file.\n`;
  const lines = writes.flatMap((each) => [
    `  ${namespace}/${each.secret.name}: ${contentOf(each)}`,
    ...remarksOf(each).map((remark) => `      ${remark}`),
  ]);
  const raised = [...revisions].map(([name, revision]) => `  secrets.${name}.revision: ${revision}`);
  return [
    ...(lines.length > 0 ? [`${cluster}: to apply`, ...lines] : []),
    ...(raised.length > 0
      ? [
          'Raise these revisions in the configuration; the next apply of the manifests then restarts the pods that read the Secrets',
          ...raised,
        ]
      : []),
    ...(unchanged.length > 0 ? [`${unchanged.length} Secrets already have the values of the file.`] : []),
    '',
  ].join('\n');
}

/** The steps to rotate a key, by kind of secret, in an order that avoids downtime. */
const rotation: Readonly<Record<SecretKind, (key: string, readers: string) => string>> = {
  certificate: (key) => `${key}: Traefik uses the new value without a restart`,
  'certificate-key': (key) => `${key}: Traefik uses the new value without a restart`,
  'private-key': (key, readers) =>
    `${key}: keep the old key valid at its provider until the pods of ${readers} have restarted`,
  'docker-config': (key) =>
    `${key}: the next image pull uses the new login; keep the old login valid until then`,
  'shared-password': (key, readers) =>
    `${key}: server and clients must restart together (${readers}); a pod that restarts before the others can't log in. Change the password at a time with little traffic, and apply the manifests immediately afterwards`,
  'signing-key': (key, readers) =>
    `${key}: after the pods of ${readers} have restarted, they refuse tokens that were signed with the old key: users must sign in again`,
  identifier: () => '',
  credential: (key, readers) =>
    `${key}: keep the old value valid at its provider until the pods of ${readers} have restarted, then revoke it`,
};

function remarksOf({ secret, live }: ComparedSecret): string[] {
  if (live === undefined) return [];
  return secret.keys
    .filter(({ readers, kind }) => readers.length > 0 || kind === 'certificate' || kind === 'docker-config')
    .flatMap(remarkOf);
}

function remarkOf({ key, kind, readers }: ContractKey): string[] {
  const remark = rotation[kind](key, readers.join(', '));
  return remark === '' ? [] : [remark];
}
