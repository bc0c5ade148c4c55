import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { z } from 'zod';
import { ConfigError, type Place, type Problem, sortProblems } from '../../input/problem';
import { formatPath, type Path, YamlSource } from '../../input/source';
import type { FileRole } from '../../input/text';
import { checkCapacity } from './findings/capacity';
import { checkCluster } from './findings/cluster-references';
import { checkExpiry, expiryWarnings } from './findings/expiry';
import type { ConfigFinding, DeclaredNames } from './findings/finding';
import { hashWarnings } from './findings/k3s-hash';
import { checkK3s, k3sWarnings } from './findings/k3s-release';
import { type K3sSupport, k3sSupport } from './findings/k3s-support';
import { passwordWarnings } from './findings/passwords';
import { rangesWarnings } from './findings/ranges-age';
import { checkReferences } from './findings/references';
import { serverCountWarnings } from './findings/server-count';
import { serverFindings } from './findings/server-findings';
import { zoneFindings } from './findings/zone-findings';
import { type ProviderLock, readProviderLock } from './provider-lock';
import {
  type CloudflareRanges,
  cloudflareRangesSchema,
  type Deployment,
  deploymentSchema,
  type ImagesLock,
  imagesLockSchema,
} from './schema/schema';
import { today } from './today';
import { type Validation, validate } from './validation';

/** A configuration that is valid as a whole. */
export interface Configuration {
  readonly deployment: Deployment;
  readonly lock: ImagesLock;
  readonly cloudflare: CloudflareRanges;
  /** Terraform's lock file of the providers; undefined where none is kept. */
  readonly providerLock: ProviderLock | undefined;
  /** Whether the support of its k3s has ended, or will soon. */
  readonly support: K3sSupport;
  /** What is right and should be looked at, in sentences. */
  readonly warnings: readonly string[];
  /** Where the value at a path stands, or its key, for messages of later stages; `images.api.digest` is the lock file's. */
  readonly placeOf: (path: Path, isKey?: boolean) => Place;
}

const roles = {
  deployment: { remedy: 'name another by --config', purpose: 'describe a deployment' },
  lock: {
    remedy: 'make it beside the deployment: an entry for each of its images',
    purpose: 'have an entry for each image of the deployment',
  },
  cloudflare: {
    remedy: 'make it beside the deployment, of the ranges that https://www.cloudflare.com/ips lists',
    purpose: 'hold the ranges that https://www.cloudflare.com/ips lists',
  },
} satisfies Record<string, FileRole>;

export interface LoadOptions {
  /** The day that expiries are compared with, such as `2026-05-15`. @default today, in UTC */
  readonly day?: string;
  /** Warn of acknowledgements that have expired, and keep them. @default they are refused */
  readonly allowExpired?: boolean;
  /** Another release of k3s than the configuration states, to rehearse an upgrade. @default the stated one */
  readonly k3s?: string;
}

/**
 * Reads a deployment and, beside it, `images.lock.yaml` and `cloudflare-ip-ranges.json`.
 *
 * @param path the file to read; the messages name it relative to the working directory
 * @throws ConfigError with every problem of the three files, each with its place and the way out
 */
export function loadConfiguration(
  path: string,
  { day = today(), allowExpired = false, k3s }: LoadOptions = {},
): Configuration {
  const deployment = withK3s(read(path, deploymentSchema, roles.deployment), k3s);
  // Beside what is no file nothing is looked for.
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new ConfigError(deployment.problems);
  const lock = read(join(dirname(path), 'images.lock.yaml'), imagesLockSchema, roles.lock);
  const rangesFile = join(dirname(path), 'cloudflare-ip-ranges.json');
  const cloudflare = read(rangesFile, cloudflareRangesSchema, roles.cloudflare);
  const problems: Problem[] = [...deployment.problems, ...lock.problems, ...cloudflare.problems];
  if (deployment.source === undefined || lock.source === undefined)
    throw new ConfigError(sortProblems(problems));
  const sources = { deployment: deployment.source, lock: lock.source };
  if (deployment.value !== undefined && lock.value !== undefined) {
    const declared = declaredNames(sources.deployment.data(), problems.length === 0);
    const findings = [
      ...checkReferences(deployment.value, lock.value, declared),
      ...checkCluster(deployment.value, declared),
      ...checkCapacity(deployment.value),
      ...checkK3s(deployment.value),
      ...(allowExpired ? [] : checkExpiry(deployment.value, day)),
      ...serverFindings(deployment.value, declared),
      ...zoneFindings(deployment.value, declared),
    ];
    problems.push(...findings.map((finding) => locate(finding, sources[finding.file])));
  }
  const { value } = deployment;
  if (
    problems.length > 0 ||
    value === undefined ||
    lock.value === undefined ||
    cloudflare.value === undefined
  ) {
    throw new ConfigError(sortProblems(problems));
  }
  for (const source of Object.values(sources)) source.release();
  const cloudflareSource = cloudflare.source;
  const support = k3sSupport(value.k3s, day);
  return {
    deployment: value,
    lock: lock.value,
    cloudflare: cloudflare.value,
    providerLock: readProviderLock(path),
    support,
    warnings: [
      ...rangesWarnings(cloudflare.value, day),
      ...serverCountWarnings(value),
      ...hashWarnings(value),
      ...k3sWarnings(value),
      ...(support.endsSoon === undefined ? [] : [support.endsSoon]),
      ...passwordWarnings(value),
      ...expiryWarnings(value.acknowledgements ?? [], day, 'acknowledgements'),
    ],
    placeOf: (place, isKey = false) => {
      if (place[0] === 'images' && place[2] === 'digest') return sources.lock.placeOf(place.slice(1));
      if (place[0] === 'cloudflare' && cloudflareSource !== undefined)
        return cloudflareSource.placeOf(place.slice(1));
      return isKey ? sources.deployment.placeOfKey(place) : sources.deployment.placeOf(place);
    },
  };
}

/** Reads and validates one file: broken syntax in one must not hide what is wrong in the other. */
function read<T>(
  path: string,
  schema: z.ZodType<T>,
  role: FileRole,
): Validation<T> & { readonly source?: YamlSource } {
  try {
    const source = YamlSource.read(path, relative(process.cwd(), path) || path, role);
    return { source, ...validate(schema, source) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.problems, value: undefined };
  }
}

function withK3s<D extends { readonly value: Deployment | undefined }>(
  deployment: D,
  k3s: string | undefined,
): D {
  const { value } = deployment;
  return k3s === undefined || value === undefined ? deployment : { ...deployment, value: { ...value, k3s } };
}

function locate({ key, path, message }: ConfigFinding, source: YamlSource): Problem {
  return { place: key ? source.placeOfKey(path) : source.placeOf(path), path: formatPath(path), message };
}

function declaredNames(data: unknown, complete: boolean): DeclaredNames {
  const keys = (value: unknown) => (typeof value === 'object' && value !== null ? Object.keys(value) : []);
  const { images, secrets, config, workloads, external, nodes } = data as Partial<Record<string, unknown>>;
  const configData = typeof config === 'object' && config !== null ? (config as { data?: unknown }).data : {};
  return {
    images: keys(images),
    secrets: keys(secrets),
    configKeys: keys(configData),
    destinations: [...keys(workloads), ...keys(external)],
    nodes: keys(nodes),
    complete,
  };
}
