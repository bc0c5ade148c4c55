import type { Deployment } from '../../deployment/config/schema/schema';
import { secretKeysOf } from '../../deployment/config/schema/workloads';

/** What a value is, which decides how it is checked and generated. */
export type SecretKind =
  /** A certificate in PEM. Its private key is in `tls.key`. */
  | 'certificate'
  /** The private key of a certificate. */
  | 'certificate-key'
  /** A private key in PEM. */
  | 'private-key'
  /** The credentials of registries, in Docker's JSON format. */
  | 'docker-config'
  /** A password that client and server both read from the Secret, so it can be random. */
  | 'shared-password'
  /** A key for signatures that only its own readers verify, so it can be random. */
  | 'signing-key'
  /** An account name or id that another service issued. It is not secret by itself. */
  | 'identifier'
  /** A password or token that another service issued. */
  | 'credential';

/** One key of a Secret. */
export interface ContractKey {
  readonly key: string;
  readonly purpose: string;
  readonly kind: SecretKind;
  /** The workloads that read this key. */
  readonly readers: readonly string[];
}

/** A Secret that the configuration declares. */
export interface ContractSecret {
  readonly name: string;
  readonly type: 'Opaque' | 'kubernetes.io/tls' | 'kubernetes.io/dockerconfigjson';
  readonly keys: readonly ContractKey[];
  /** Whether the Secret may have undeclared keys, because `others` is unresolved. */
  readonly isOpen: boolean;
  readonly revision: number | undefined;
  /** The workloads that read the Secret. They restart when the revision of the Secret is raised. */
  readonly readers: readonly string[];
}

/** What the secrets file must contain. */
export interface SecretsContract {
  readonly namespace: string;
  readonly secrets: readonly ContractSecret[];
  /** The hosts that the certificate must cover. */
  readonly hosts: readonly string[];
  /** The registry that the pull secret must have credentials for. */
  readonly registry: string | undefined;
}

/** The sections of the secrets file: Secrets of the cluster, and values that are not in the cluster. */
export const sections = { cluster: 'kubernetes', operator: 'operator' } as const;

/** The allowed keys of the section `operator`, with their purpose. */
export const operatorKeys: Readonly<Record<string, string>> = {
  'hash-key': 'the key of the hashes that compare the cluster with this file',
  'k3s-token': 'joins nodes to the cluster, and is needed to restore a snapshot of etcd',
  'backup-private-key': "decrypts the Postgres backups; its public half is the backup's publicKey",
};

/** The contract of a configuration: the Secrets that it declares. */
export function secretsContract(deployment: Deployment): SecretsContract {
  const { secrets, namespace, edge, workloads, imagePullSecret, cluster } = deployment;
  const read = Object.entries(workloads).flatMap(([workload, each]) =>
    secretKeysOf(each).map(({ secret, key }) => ({ workload, secret, key })),
  );
  const readersOf = (secret: string, key?: string) =>
    distinctSorted(
      read
        .filter((each) => each.secret === secret && (key === undefined || each.key === key))
        .map(({ workload }) => workload),
    );
  return {
    namespace,
    secrets: Object.entries(secrets).map(([name, { keys, others, revision }]) => ({
      name,
      type: typeOf(name, edge?.tlsSecret, imagePullSecret),
      keys: Object.entries(keys).map(([key, purpose]) => ({
        ...{ key, purpose, kind: kindOf(deployment, name, key), readers: readersOf(name, key) },
      })),
      isOpen: others !== undefined,
      revision,
      readers: readersOf(name),
    })),
    hosts: distinctSorted(
      Object.values(workloads).flatMap((each) => ('hosts' in each ? (each.hosts ?? []) : [])),
    ),
    registry: cluster.registry?.host,
  };
}

function typeOf(name: string, tlsSecret: string | undefined, pullSecret: string): ContractSecret['type'] {
  if (name === tlsSecret) return 'kubernetes.io/tls';
  return name === pullSecret ? 'kubernetes.io/dockerconfigjson' : 'Opaque';
}

function kindOf({ edge, workloads }: Deployment, secret: string, key: string): SecretKind {
  if (secret === edge?.tlsSecret && key === 'tls.crt') return 'certificate';
  if (secret === edge?.tlsSecret && key === 'tls.key') return 'certificate-key';
  if (key === '.dockerconfigjson') return 'docker-config';
  if (key.endsWith('.p8') || key.endsWith('.pem')) return 'private-key';
  const isRedis = Object.values(workloads).some(
    (each) => each.kind === 'Redis' && each.password.secret === secret && each.password.key === key,
  );
  if (isRedis) return 'shared-password';
  if (key === 'SECRET_KEY') return 'signing-key';
  return /(^|_)ID$/.test(key) ? 'identifier' : 'credential';
}

function distinctSorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
