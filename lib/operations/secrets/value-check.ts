import { certificateFaults, privateKeyFault } from './certificate';
import type { ContractKey, ContractSecret, SecretsContract } from './contract';
import { weakness } from './strength';

/** The problems of the values of a Secret, by key. No message contains a value. */
export function valueFaults(
  contract: SecretsContract,
  { keys, name }: ContractSecret,
  lookUp: (secret: string, key: string) => string | undefined,
  now: Date,
): { readonly key: string; readonly message: string }[] {
  return keys.flatMap(({ key, kind }) => {
    const value = lookUp(name, key);
    if (value === undefined || value === '') return [];
    const faults = faultsOf(kind, value, { contract, keyPem: lookUp(name, 'tls.key'), now });
    return faults.map((message) => ({ key, message }));
  });
}

interface Surrounding {
  readonly contract: SecretsContract;
  readonly keyPem: string | undefined;
  readonly now: Date;
}

function faultsOf(
  kind: ContractKey['kind'],
  value: string,
  { contract, keyPem, now }: Surrounding,
): string[] {
  switch (kind) {
    case 'certificate':
      return certificateFaults(value, keyPem, contract.hosts, now);
    case 'certificate-key':
    case 'private-key':
      return [privateKeyFault(value) ?? []].flat();
    case 'docker-config':
      return [dockerConfigFault(value, contract.registry) ?? []].flat();
    case 'identifier':
    case 'credential':
      return [weakness(value, false) ?? []].flat();
    case 'shared-password':
    case 'signing-key':
      return [weakness(value, true) ?? []].flat();
  }
}

function dockerConfigFault(value: string, registry: string | undefined): string | undefined {
  const shape = '{"auths":{"REGISTRY":{"username":"…","password":"…"}}}';
  let auths: Record<string, Partial<Record<'auth' | 'username' | 'password', string>>>;
  try {
    ({ auths } = JSON.parse(value) as { auths: typeof auths });
  } catch {
    return `is not JSON; it must be ${shape}`;
  }
  if (typeof auths !== 'object' || auths === null) return `has no auths; it must be ${shape}`;
  if (registry === undefined) return undefined;
  const entry = auths[registry] ?? auths[`https://${registry}`];
  if (entry === undefined) return `has no credentials for ${registry}; add them under auths`;
  const password =
    entry.password ??
    Buffer.from(entry.auth ?? '', 'base64')
      .toString('utf8')
      .split(':')
      .slice(1)
      .join(':');
  const fault = weakness(password, false);
  return fault === undefined
    ? undefined
    : `the password of ${registry} ${password === '' ? 'is missing' : fault}`;
}
