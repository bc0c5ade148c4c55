import { z } from 'zod';
import { didYouMean } from '../../../documents/nearest';
import type { Path } from '../../../input/source';
import {
  type Application,
  cronJob,
  migrationJob,
  singletonWorkerSchema,
  statefulService,
  webService,
  worker,
} from './applications';
import { postgresBackup } from './backup';
import type { SecretKeyConfig } from './container';
import { metricsAgent, redisExporter } from './observability';
import { wrong } from './primitives';
import { redis } from './redis';
import { isUnresolved } from './unresolved';

const variants = [
  webService,
  statefulService,
  worker,
  singletonWorkerSchema,
  cronJob,
  redis,
  migrationJob,
  metricsAgent,
  redisExporter,
  postgresBackup,
] as const;
const kinds = variants.map(({ shape }) => shape.kind.value);
const oneOf = `one of ${kinds.join(', ')}`;

/** A workload of any kind. Its `kind` decides which other keys are allowed. */
export const workload = z.discriminatedUnion('kind', variants, {
  error: ({ input }) => {
    if (typeof input !== 'object' || input === null) return wrong(input, `a map with a kind: ${oneOf}`);
    const kind = (input as { kind?: unknown }).kind;
    return `${wrong(kind, oneOf)}${typeof kind === 'string' ? didYouMean(kind, kinds) : ''}`;
  },
});

export type Workload = z.output<typeof workload>;
const applications: ReadonlySet<string> = new Set<Application['kind']>([
  'WebService',
  'StatefulService',
  'Worker',
  'SingletonWorker',
  'CronJob',
  'MigrationJob',
]);

export function isApplication(workload: Workload): workload is Application {
  return applications.has(workload.kind);
}

/** A container of a workload, with its path in the workload. */
export interface StatedContainer {
  readonly container: Pick<Application, 'image' | 'environment' | 'config' | 'secrets'>;
  /** The path within the workload; empty for the main container. */
  readonly path: Path;
}

/** A sidecar or an init container. */
export interface StatedExtraContainer extends StatedContainer {
  readonly container: StatedContainer['container'] & { readonly name: string };
}

/** All containers but the main container. */
export function extraContainersOf(workload: Workload): StatedExtraContainer[] {
  if (workload.kind === 'PostgresBackup') return [];
  const { initContainers = [], sidecars = [] } = workload;
  return [
    ...initContainers.map((container, index) => ({ container, path: ['initContainers', index] })),
    ...sidecars.map((container, index) => ({ container, path: ['sidecars', index] })),
  ];
}

/** All containers that have environment variables. */
export function containersOf(workload: Workload): StatedContainer[] {
  const own = isApplication(workload) ? [{ container: workload, path: [] }] : [];
  return [...own, ...extraContainersOf(workload)];
}

/** The hosts of a workload that the Traefik of `edge` serves. */
export function edgeHostsOf(workload: Workload): readonly string[] {
  return workload.kind === 'WebService' && workload.ingress === undefined ? (workload.hosts ?? []) : [];
}

/** The images that a workload uses, by name, with their paths. */
export function imageReferences(workload: Workload): { image: string; path: Path }[] {
  if (workload.kind !== 'PostgresBackup') {
    const others = extraContainersOf(workload).map(({ container: { image }, path }) => ({
      image,
      path: [...path, 'image'],
    }));
    return [{ image: workload.image, path: ['image'] }, ...others];
  }
  return Object.entries(workload.images).map(([program, image]) => ({ image, path: ['images', program] }));
}

/** A key of a Secret that a workload reads, with its paths in the workload. */
export interface SecretReference {
  readonly secret: string;
  readonly key: string;
  /** Paths within the workload. */
  readonly secretPath: Path;
  readonly keyPath: Path;
}

/** The keys of Secrets that a workload reads, as variables or as files. */
export function secretKeysOf(workload: Workload): SecretReference[] {
  const variables = containersOf(workload).flatMap(({ container, path }) =>
    Object.entries(container.secrets ?? {}).flatMap(([secret, { keys }]) =>
      keys.map((key, index) => ({
        secret,
        key,
        secretPath: [...path, 'secrets', secret],
        keyPath: [...path, 'secrets', secret, 'keys', index],
      })),
    ),
  );
  if (!isApplication(workload)) return [...ownSecretKeys(workload), ...variables, ...mountedKeys(workload)];
  const mounted = isUnresolved(workload.files) ? {} : (workload.files ?? {});
  const files = Object.entries(mounted).map(([volume, { secret, key }]) => ({
    secret,
    key,
    secretPath: ['files', volume, 'secret'],
    keyPath: ['files', volume, 'key'],
  }));
  return [...variables, ...files, ...mountedKeys(workload)];
}

/** The keys of Secrets that volumes mount one by one. */
function mountedKeys(workload: Workload): SecretReference[] {
  if (workload.kind === 'PostgresBackup') return [];
  return Object.entries(workload.volumes ?? {}).flatMap(([volume, { secret }]) =>
    (secret?.items ?? []).map(({ key }, index) => ({
      secret: secret?.name ?? '',
      key,
      secretPath: ['volumes', volume, 'secret', 'name'],
      keyPath: ['volumes', volume, 'secret', 'items', index, 'key'],
    })),
  );
}

/** The Secrets that volumes mount as a whole, so that the workload reads all their keys. */
export function wholeSecretsOf(workload: Workload): { secret: string; path: Path }[] {
  if (workload.kind === 'PostgresBackup') return [];
  return Object.entries(workload.volumes ?? {}).flatMap(([volume, { secret }]) =>
    secret === undefined || secret.items !== undefined
      ? []
      : [{ secret: secret.name, path: ['volumes', volume, 'secret', 'name'] }],
  );
}

function ownSecretKeys(workload: Exclude<Workload, Application>): SecretReference[] {
  const reference = (path: readonly string[], key: SecretKeyConfig) => ({
    ...key,
    secretPath: [...path, 'secret'],
    keyPath: [...path, 'key'],
  });
  if (workload.kind === 'Redis') return [reference(['password'], workload.password)];
  if (workload.kind !== 'PostgresBackup') return [];
  const { database, bucket } = workload;
  return [
    reference(['database', 'password'], database.password),
    reference(['bucket', 'keyId'], bucket.keyId),
    reference(['bucket', 'key'], bucket.key),
  ];
}
