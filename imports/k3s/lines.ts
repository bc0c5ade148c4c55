import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compareVersions } from '../../lib/kubernetes/release/version-range';

const version = z.string().regex(/^\d+(\.\d+)*$/, 'must be a version such as 1.36.4, without v');
const day = z.iso.date();

/** The versions that a release of k3s bundles, each with its source. */
export const releaseSchema = z.strictObject({
  k3s: z.string().regex(/^v\d+\.\d+\.\d+\+k3s\d+$/, 'must be a release such as v1.36.4+k3s1'),
  date: day,
  kubernetes: version,
  traefik: version,
  /** The version of Traefik's chart: `imports/traefik-chart` lists the keys of each version. */
  chart: version,
  /** The name of the chart's copy in k3s. */
  package: z.string(),
  helm: version,
  helmController: version,
  etcd: version.optional(),
  containerd: version.optional(),
  /** Values whose exact version was not found: the value is the lowest possible version. */
  atLeast: z.array(z.enum(['helmController'])).optional(),
  sources: z.strictObject({ release: z.string(), chart: z.string(), helm: z.string() }),
  confidence: z.strictObject({ chart: z.string(), helm: z.string() }),
});

export type KeptRelease = z.output<typeof releaseSchema>;

const lineSchema = z.strictObject({
  minor: version,
  /** The day on which Kubernetes ends the support for the minor version. */
  endOfSupport: day,
  source: z.string(),
  releases: z.array(releaseSchema).min(1),
});

export type KeptLine = z.output<typeof lineSchema>;

export function lineFile(minor: string): string {
  return `imports/k3s/${minor}.json`;
}

/**
 * A minor version of k3s and its releases.
 *
 * @throws an error with the cause, if the file is missing or invalid
 */
export function readLine(root: string, minor: string): KeptLine {
  return parse(lineSchema, JSON.parse(readFileSync(join(root, lineFile(minor)), 'utf8')), lineFile(minor));
}

/** Every minor version, oldest first. */
export function readLines(root: string): KeptLine[] {
  return readdirSync(join(root, 'imports', 'k3s'))
    .filter((file) => /^\d+\.\d+\.json$/.test(file))
    .map((file) => readLine(root, file.replace('.json', '')))
    .sort((a, b) => compareVersions(a.minor, b.minor));
}

/** @throws an error with every problem and its path */
export function parse<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`);
  throw new Error(problems.join('\n'));
}
