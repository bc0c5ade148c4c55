import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { ConfigError, type Place, type Problem, sortProblems } from '../../input/problem';
import { formatPath, type LocatedData, type Path, YamlSource } from '../../input/source';
import type { FileRole } from '../../input/text';
import { findCollisions } from './environment/collisions';
import { readOthers } from './environment/others';
import {
  type KnownFiles,
  type ReadDeployment,
  readDeployment,
  readLock,
  shownFile,
} from './environment/read';
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
import { incompleteWorkloadFindings } from './incomplete-workloads';
import { pricesWarnings } from './prices-age';
import { type ProviderLock, readProviderLock } from './provider-lock';
import { type RawManifests, readRawManifests } from './raw-manifests';
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

/** The content of all files of a configuration, valid and consistent. */
export interface Configuration {
  readonly deployment: Deployment;
  readonly lock: ImagesLock;
  readonly cloudflare: CloudflareRanges;
  /** The objects under `raw`, by the names of their entries. */
  readonly raw: Readonly<Record<string, RawManifests>>;
  /** The lock file of Terraform's providers; undefined if it doesn't exist. */
  readonly providerLock: ProviderLock | undefined;
  /** Messages about the end of support of the k3s release. */
  readonly support: K3sSupport;
  /** Warnings about old prices, which only commands that print costs show. */
  readonly priceWarnings: readonly string[];
  /** Warnings. */
  readonly warnings: readonly string[];
  /**
   * Finds the file, line and column of a value or its key, for later messages. For `images.api.digest` that
   * is a place in the lock file.
   */
  readonly placeOf: (path: Path, isKey?: boolean) => Place;
}

const roles = {
  deployment: { remedy: 'choose another file with --config', purpose: 'describe a deployment' },
  lock: {
    remedy: 'create it next to the deployment, with an entry for each of its images',
    purpose: 'contain an entry for each image of the deployment',
  },
  cloudflare: {
    remedy: 'create it next to the deployment, with the ranges that https://www.cloudflare.com/ips lists',
    purpose: 'contain the ranges that https://www.cloudflare.com/ips lists',
  },
} satisfies Record<string, FileRole>;

export interface LoadOptions {
  /** The date that expiry dates are compared with, such as `2026-05-15`. @default today, in UTC */
  readonly day?: string;
  /** Whether expired acknowledgements are only warnings. @default they are errors */
  readonly allowExpired?: boolean;
  /**
   * A release of k3s that replaces the configured one, to rehearse an upgrade. @default the configured
   * release
   */
  readonly k3s?: string;
}

/**
 * Reads a configuration: the deployment, or an environment that extends it, and `images.lock.yaml` and
 * `cloudflare-ip-ranges.json` in the directory of the deployment.
 *
 * @param path the file to read; messages name it relative to the working directory
 * @throws ConfigError with all problems of the three files, each with its place and fix
 */
export function loadConfiguration(
  path: string,
  { day = today(), allowExpired = false, k3s }: LoadOptions = {},
): Configuration {
  const known: KnownFiles = new Map();
  const deployment = withK3s(
    read(() => readDeployment(path, roles.deployment, known), deploymentSchema),
    k3s,
  );
  // If the path is not a file, the other files in its directory are not read.
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new ConfigError(deployment.problems);
  const { files = [path] } = deployment;
  const root = files[0] ?? path;
  const lock = withoutForeignImages(
    read(() => readLock(files, roles.lock), imagesLockSchema),
    deployment,
  );
  const rangesFile = join(dirname(root), 'cloudflare-ip-ranges.json');
  const cloudflare = read(() => {
    return { source: YamlSource.read(rangesFile, shownFile(rangesFile), roles.cloudflare), problems: [] };
  }, cloudflareRangesSchema);
  const problems: Problem[] = [...deployment.problems, ...lock.problems, ...cloudflare.problems];
  if (deployment.source === undefined || lock.source === undefined)
    throw new ConfigError(sortProblems(problems));
  const sources = { deployment: deployment.source, lock: lock.source };
  const environmentWarnings: string[] = [];
  if (deployment.value !== undefined && lock.value !== undefined) {
    const own = {
      file: shownFile(path),
      files,
      deployment: deployment.value,
      placeOf: (place: Path) => sources.deployment.placeOf(place),
    };
    const collisions = findCollisions(own, readOthers(files, known));
    environmentWarnings.push(...collisions.warnings);
    const declared = declaredNames(sources.deployment.data(), problems.length === 0);
    const findings = [
      ...checkReferences(deployment.value, lock.value, declared),
      ...incompleteWorkloadFindings(sources.deployment.data(), deployment.value, declared),
      ...checkCluster(deployment.value, declared),
      ...checkCapacity(deployment.value, declared),
      ...checkK3s(deployment.value),
      ...(allowExpired ? [] : checkExpiry(deployment.value, day)),
      ...serverFindings(deployment.value, declared),
      ...zoneFindings(deployment.value, declared),
      ...collisions.findings,
    ];
    problems.push(...findings.map((finding) => locate(finding, sources[finding.file])));
  }
  const { value } = deployment;
  const raw = readRawManifests(value?.raw ?? {}, root);
  problems.push(...raw.problems);
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
    raw: raw.manifests,
    providerLock: readProviderLock(root),
    support,
    priceWarnings: pricesWarnings(day),
    warnings: [
      ...rangesWarnings(cloudflare.value, day),
      ...serverCountWarnings(value),
      ...hashWarnings(value),
      ...k3sWarnings(value),
      ...(support.endsSoon === undefined ? [] : [support.endsSoon]),
      ...passwordWarnings(value),
      ...environmentWarnings,
      ...expiryWarnings(value.acknowledgements ?? [], day, 'acknowledgements'),
    ],
    placeOf: (place, isKey = false) => {
      if (place[0] === 'images' && place[2] === 'digest') return sources.lock.placeOf(place.slice(1));
      const located = place[0] === 'raw' ? raw.manifests[String(place[1])]?.located : undefined;
      if (located !== undefined && place.length > 3)
        return located[Number(place[3])]?.placeOf(place.slice(4)) ?? sources.deployment.placeOf(place);
      if (place[0] === 'cloudflare' && cloudflareSource !== undefined)
        return cloudflareSource.placeOf(place.slice(1));
      return isKey ? sources.deployment.placeOfKey(place) : sources.deployment.placeOf(place);
    },
  };
}

interface ReadFile<T> extends Validation<T>, Partial<Omit<ReadDeployment, 'problems'>> {}

/**
 * Reads and validates one file. Its errors are returned, not thrown, so that the problems of the other files
 * are also reported.
 */
function read<T>(
  readSource: () => Omit<ReadDeployment, 'files'> & Partial<ReadDeployment>,
  schema: z.ZodType<T>,
): ReadFile<T> {
  try {
    const { problems, ...found } = readSource();
    const validation = validate(schema, found.source);
    return { ...found, ...validation, problems: [...problems, ...validation.problems] };
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

/** The lock file of an environment, without images that only the extended file declares. */
function withoutForeignImages(
  lock: ReadFile<ImagesLock>,
  { files = [], value: deployment }: ReadFile<Deployment>,
): ReadFile<ImagesLock> {
  const { value, source } = lock;
  if (files.length < 2 || value === undefined || source === undefined || deployment === undefined)
    return lock;
  const base = shownFile(join(dirname(files[0] ?? ''), 'images.lock.yaml'));
  const entries = Object.entries(value).filter(
    ([name]) => name in deployment.images || source.placeOfKey([name]).file !== base,
  );
  return { ...lock, value: Object.fromEntries(entries) };
}

function locate({ key, path, message }: ConfigFinding, source: LocatedData): Problem {
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
