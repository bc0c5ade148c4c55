import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse } from 'yaml';
import type { FiledObject, FiledRules, FiledStack, Output } from '../documents/output';
import { readConfiguration } from '../documents/terraform';
import { readManifests, standardInput } from './documents';
import { manifestFiles } from './manifest-files';
import { ConfigError, type Problem } from './problem';

const stack = /(^|\/)cdk\.tf\.json$|^terraform\/.*\.tf\.json$/;
const ruleFile = /^prometheus\/[^/]+\.ya?ml$/;

/** The subdirectories of an output that are read in addition to the manifests. */
const folders = ['terraform', 'prometheus', 'nodes'];

/** Files in the directory of a stack that Terraform itself writes. */
const foreign = /(^|\/)\.|^manifest\.json$|\.tfstate/;

/**
 * Reads the manifests of one file or of standard input, as an output without Terraform stacks, alert rules and node
 * scripts.
 *
 * @throws ConfigError if the input can't be read or contains no Kubernetes object
 */
export function readManifestFile(path: string): Output {
  const file = path === standardInput ? 'standard input' : basename(path);
  const objects = readManifests([path]).map((object): FiledObject => ({ file, object }));
  if (objects.length === 0)
    throw new ConfigError([problem(path === standardInput ? file : path, 'contains no Kubernetes object')]);
  return { objects, stacks: [], rules: [], texts: new Map() };
}

/**
 * Reads a directory: manifests, Terraform stacks, alert rules and node scripts. Manifests in subdirectories also
 * count, unless the directory is the output of a synth.
 *
 * @param known an output that was read before: files with the same text are not parsed again
 * @throws ConfigError with every file that can't be read or parsed
 */
export function readOutput(directory: string, known?: Output): Output {
  const texts = new Map(
    filesOf(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')] as const),
  );
  const problems: Problem[] = [];
  const attempt = <T>(path: string, read: () => T[]): T[] => {
    try {
      return read();
    } catch (error) {
      if (error instanceof ConfigError) problems.push(...error.problems);
      else problems.push(problem(join(directory, path), `can't be parsed: ${firstLine(error)}`));
      return [];
    }
  };
  const manifests = manifestsOf(directory, texts);
  const isKnown = (path: string) => known?.texts.get(path) === texts.get(path);
  const all = (pattern: RegExp) => [...texts.keys()].filter((path) => pattern.test(path));
  const objects = manifests.flatMap((file): FiledObject[] =>
    isKnown(file)
      ? (known?.objects.filter((each) => each.file === file) ?? [])
      : attempt(file, () => readManifests([join(directory, file)]).map((object) => ({ file, object }))),
  );
  const stacks = all(stack).flatMap((file): FiledStack[] =>
    attempt(file, () => [{ file, configuration: readConfiguration(JSON.parse(texts.get(file) ?? '')) }]),
  );
  const rules = all(ruleFile)
    .filter((path) => !manifests.includes(path))
    .flatMap((file): FiledRules[] => attempt(file, () => [{ file, rules: parse(texts.get(file) ?? '') }]));
  if (problems.length > 0) throw new ConfigError(problems);
  if (objects.length === 0 && stacks.length === 0)
    throw new ConfigError([
      problem(
        directory,
        'contains no manifests and no Terraform configuration; name a directory that contains manifests or a Terraform configuration',
      ),
    ]);
  return { objects, stacks, rules, texts };
}

/** The manifests in a directory, without Terraform stacks and alert rules. */
function manifestsOf(directory: string, texts: ReadonlyMap<string, string>): string[] {
  const isOther = (path: string) =>
    stack.test(path) || (ruleFile.test(path) && !/^kind:/m.test(texts.get(path) ?? ''));
  return manifestPaths(directory).filter((path) => !isOther(path));
}

function manifestPaths(directory: string): string[] {
  return manifestFiles([directory])
    .map((path) => relative(directory, path).replaceAll('\\', '/'))
    .filter((path) => !foreign.test(path));
}

/** The paths of all files below a directory, with `/` as the separator. */
function filesOf(directory: string): string[] {
  const top = readdirSync(directory, { withFileTypes: true });
  const files = top.filter((entry) => entry.isFile()).map(({ name }) => name);
  const below = folders
    .map((folder) => join(directory, folder))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((path) =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).replaceAll('\\', '/')),
    );
  return [...new Set([...files, ...manifestPaths(directory), ...below])]
    .filter((path) => !foreign.test(path))
    .sort();
}

function problem(file: string, message: string): Problem {
  return { place: { file, line: 1, column: 1 }, path: '', message };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/**
 * Whether a path is a directory or a file. Standard input and a pipe count as files. Undefined if nothing exists at
 * the path, for example for a git ref.
 */
export function kindOfPath(path: string): 'directory' | 'file' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return 'directory';
  return stats !== undefined || path === standardInput ? 'file' : undefined;
}
