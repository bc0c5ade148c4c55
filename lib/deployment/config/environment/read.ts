import { existsSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { ConfigError, type Problem } from '../../../input/problem';
import { type LocatedData, YamlSource } from '../../../input/source';
import type { FileRole } from '../../../input/text';
import { LayeredSource } from './layered-source';

/** A file that describes a deployment, with the files that it extends. */
export interface ReadDeployment {
  readonly source: LocatedData;
  /** From the file without `extends` to the requested one. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** Files that were read, by their whole path: environments extend the same ones. */
export type KnownFiles = Map<string, YamlSource>;

/** A file without `extends` is the deployment itself; any other is an environment of it. */
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
 * The lock file of a deployment, under those of its environments: `images.lock.yaml` next to the deployment, and
 * `staging.images.lock.yaml` next to `staging.yaml`, where there is one.
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

/** The path in messages, relative to the working directory. */
export function shownFile(path: string): string {
  return relative(process.cwd(), path) || path;
}

interface ChainedFile {
  readonly path: string;
  readonly source: YamlSource;
}

interface Chain {
  readonly known: KnownFiles;
  /** The files on the way to this one. */
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
      `is ${stated}, which extends this file; a file can't extend itself through another one. Choose another file`,
    );
  if (!existsSync(base)) throw fail(`is ${stated}, and there is no ${shownFile(base)}; correct the path`);
  return [...readChain(base, role, { known, extending: before }), { path, source }];
}

function readSource(path: string, role: FileRole): YamlSource {
  return YamlSource.read(path, shownFile(path), role);
}

/** The value of `extends` in a file. */
export function extendedFile(data: unknown): unknown {
  return typeof data === 'object' && data !== null ? (data as { extends?: unknown }).extends : undefined;
}
