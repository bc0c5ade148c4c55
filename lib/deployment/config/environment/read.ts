import { existsSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { ConfigError, type Problem } from '../../../input/problem';
import { type LocatedData, YamlSource } from '../../../input/source';
import type { FileRole } from '../../../input/text';
import { LayeredSource } from './layered-source';

/** The merged content of a deployment's file and the files that it extends. */
export interface ReadDeployment {
  readonly source: LocatedData;
  /** The files in order: the file without `extends` is the first, the requested file is the last. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** The files that were already read, by absolute path, because several environments extend the same file. */
export type KnownFiles = Map<string, YamlSource>;

/**
 * Reads a deployment. A file without `extends` is complete; other files are merged into the file that they
 * extend.
 */
export function readDeployment(path: string, role: FileRole, known: KnownFiles = new Map()): ReadDeployment {
  const chain = readChain(path, role, { known, extending: [] });
  const [base, ...differences] = chain.map(({ source }) => source);
  const files = chain.map((each) => each.path);
  if (base === undefined) throw new Error(`${path} was not read`);
  if (differences.length === 0) return { source: base, files, problems: [] };
  const source = LayeredSource.of(base, differences);
  return { source, files, problems: source.problems };
}

/**
 * Reads the lock file of a deployment, merged with those of its environments: `images.lock.yaml` next to the
 * deployment, and, if it exists, `staging.images.lock.yaml` next to `staging.yaml`.
 */
export function readLock(
  files: readonly string[],
  role: FileRole,
): Pick<ReadDeployment, 'source' | 'problems'> {
  const [root = '', ...environments] = files;
  const base = readSource(join(dirname(root), 'images.lock.yaml'), role);
  const own = environments
    .map((file) => join(dirname(file), `${parse(file).name}.images.lock.yaml`))
    .filter((file) => existsSync(file))
    .map((file) => readSource(file, role));
  if (own.length === 0) return { source: base, problems: [] };
  const source = LayeredSource.of(base, own);
  return { source, problems: source.problems };
}

/** The path that messages print: relative to the working directory. */
export function shownFile(path: string): string {
  return relative(process.cwd(), path) || path;
}

interface ChainedFile {
  readonly path: string;
  readonly source: YamlSource;
}

interface Chain {
  readonly known: KnownFiles;
  /** The files that led to this file by their `extends`, to find cycles. */
  readonly extending: readonly string[];
}

function readChain(path: string, role: FileRole, { known, extending }: Chain): ChainedFile[] {
  const source = known.get(resolve(path)) ?? readSource(path, role);
  known.set(resolve(path), source);
  const stated = extendedFile(source.data());
  if (stated === undefined) return [{ path, source }];
  const fail = (message: string) =>
    new ConfigError([{ place: source.placeOf(['extends']), path: 'extends', message }]);
  if (typeof stated !== 'string' || stated === '')
    throw fail('must be the path of the file to extend, such as production.yaml');
  const base = join(dirname(path), stated);
  const before = [...extending, resolve(path)];
  if (before.includes(resolve(base)))
    throw fail(
      `is ${stated}, which extends this file, so the files extend each other in a cycle. Choose another file`,
    );
  if (!existsSync(base))
    throw fail(`is ${stated}, but the file ${shownFile(base)} does not exist; correct the path`);
  return [...readChain(base, role, { known, extending: before }), { path, source }];
}

function readSource(path: string, role: FileRole): YamlSource {
  return YamlSource.read(path, shownFile(path), role);
}

export function extendedFile(data: unknown): unknown {
  return typeof data === 'object' && data !== null ? (data as { extends?: unknown }).extends : undefined;
}
