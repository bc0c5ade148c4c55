import { randomBytes } from 'node:crypto';
import type { Deployment } from '../../deployment/config/schema/schema';
import { isUnresolved } from '../../deployment/config/schema/unresolved';
import { OperationError } from '../error';
import { createCertificateKey, createCertificateRequest } from './certificate-request';
import { secretAt } from './check';
import { type ContractKey, type SecretsContract, sections } from './contract';
import { formatSecretPath, type SecretLeaf, type SecretPath } from './secret-leaf';
import { createIdentity, recipientOf } from './sops/data-key';

/** A public value that is derived from a secret, and its path in the configuration. */
export interface PublicValue {
  readonly path: readonly string[];
  readonly value: string;
  /** Whether the value is unresolved in the configuration. */
  readonly isOpen: boolean;
}

/** The result of `generate`. */
export interface Generated {
  readonly leaves: readonly SecretLeaf[];
  /** The paths of the generated values. */
  readonly made: readonly SecretPath[];
  /** The public values to set in the configuration. */
  readonly published: readonly PublicValue[];
}

/**
 * Generates missing values. Existing values are kept.
 *
 * @param rotated paths of values to generate again, such as `honeydue-secrets.REDIS_PASSWORD`
 * @throws OperationError for a path that can't be generated
 */
export async function generateSecrets(
  deployment: Deployment,
  contract: SecretsContract,
  before: readonly SecretLeaf[],
  rotated: readonly string[],
): Promise<Generated> {
  const makers = makersOf(deployment, contract);
  const known = makers.map(({ path }) => rotationName(path));
  const unknown = rotated.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new OperationError(
      `${unknown} can't be generated. Values that can: ${known.join(', ')}. Set all others with npx honeydue secrets edit.`,
    );
  const leaves = [...before];
  const made: SecretPath[] = [];
  const published: PublicValue[] = [];
  for (const { path, make, isPaired, publish } of makers) {
    const index = leaves.findIndex((leaf) => leaf.path.join('\0') === path.join('\0'));
    const old = leaves[index]?.value ?? '';
    const isMade = rotated.includes(rotationName(path)) || (old === '' && !isPaired(before));
    const value = isMade ? await make() : old;
    // Also for existing values: an earlier run may have been killed before it wrote them to the configuration.
    const stated = (value === '' ? undefined : await publish?.(value)) ?? [];
    published.push(...stated.filter((each) => isMade || each.isOpen));
    if (!isMade) continue;
    if (index === -1) leaves.push({ path, value });
    else leaves[index] = { path, value };
    made.push(path);
  }
  return { leaves: inContractOrder(contract, leaves), made, published };
}

interface Maker {
  readonly path: SecretPath;
  /** Whether the other half of a key pair exists, such as a certificate, which a new value would not match. */
  readonly isPaired: (leaves: readonly SecretLeaf[]) => boolean;
  readonly make: () => Promise<string>;
  /** The public values that are derived from the generated one. */
  readonly publish?: (value: string) => Promise<readonly PublicValue[]>;
}

/** `honeydue-secrets.REDIS_PASSWORD`, `operator.k3s-token`. */
function rotationName([section = '', ...rest]: SecretPath): string {
  return formatSecretPath(section === sections.cluster ? rest : [section, ...rest]);
}

function makersOf(deployment: Deployment, { secrets }: SecretsContract): Maker[] {
  const random = async () => randomBytes(32).toString('hex');
  const alone = () => false;
  return [
    ...secrets.flatMap(({ name, keys }) =>
      keys.flatMap(({ key, kind }): Maker[] => {
        const path = [sections.cluster, name, key];
        if (kind === 'certificate-key') return [certificateKeyMaker(deployment, path)];
        return isRandom(kind) ? [{ path, isPaired: alone, make: random }] : [];
      }),
    ),
    { path: [sections.operator, 'hash-key'], isPaired: alone, make: random },
    // A running cluster already has a token, on its servers.
    { path: [sections.operator, 'k3s-token'], isPaired: () => deployment.cluster.initialised, make: random },
    ...backupKeyMakers(deployment),
  ];
}

function isRandom(kind: ContractKey['kind']): boolean {
  return kind === 'shared-password' || kind === 'signing-key';
}

function certificateKeyMaker({ edge }: Deployment, path: SecretPath): Maker {
  const certificate = [...path.slice(0, -1), 'tls.crt'];
  return {
    path,
    isPaired: (leaves) => (secretAt(leaves, certificate) ?? '') !== '',
    make: async () => createCertificateKey(),
    publish: async (value) => {
      const request = edge?.cloudflare?.certificateRequest;
      if (edge === undefined || request === undefined) return [];
      return [
        {
          path: ['edge', 'cloudflare', 'certificateRequest'],
          value: createCertificateRequest(value, edge.zone),
          isOpen: isUnresolved(request),
        },
      ];
    },
  };
}

/** If the configuration already has the public key, the private key exists elsewhere. */
function backupKeyMakers({ workloads }: Deployment): Maker[] {
  const backups = Object.entries(workloads).flatMap(([name, each]) =>
    each.kind === 'PostgresBackup' ? [[name, each] as const] : [],
  );
  if (backups.length === 0) return [];
  return [
    {
      path: [sections.operator, 'backup-private-key'],
      isPaired: () => backups.some(([, { publicKey }]) => !isUnresolved(publicKey)),
      make: createIdentity,
      publish: async (value) => {
        const recipient = await recipientOf(value);
        if (recipient === undefined) return [];
        return backups.map(([name, { publicKey }]) => ({
          path: ['workloads', name, 'publicKey'],
          value: recipient,
          isOpen: isUnresolved(publicKey),
        }));
      },
    },
  ];
}

/** Sorts values in the order of the configuration; undeclared values come last, in their old order. */
function inContractOrder({ secrets }: SecretsContract, leaves: readonly SecretLeaf[]): SecretLeaf[] {
  const wanted = secrets.flatMap(({ name, keys }) =>
    keys.map(({ key }) => [sections.cluster, name, key].join('\0')),
  );
  const rank = ({ path }: SecretLeaf) => {
    const index = wanted.indexOf(path.join('\0'));
    return index === -1 ? wanted.length + (path[0] === sections.cluster ? 0 : 1) : index;
  };
  return leaves.toSorted((a, b) => rank(a) - rank(b));
}
