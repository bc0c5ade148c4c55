import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import type { FiledObject, FiledRules, FiledStack, Output } from '../documents/output';
import { readConfiguration } from '../documents/terraform';
import { readManifests } from './documents';
import { ConfigError, type Problem } from './problem';

/** What kubectl decodes; it looks at what lies in the directory itself. */
const manifest = /^[^/]+\.(ya?ml|json)$/;
const stack = /(^|\/)cdk\.tf\.json$|^terraform\/.*\.tf\.json$/;
const ruleFile = /^prometheus\/[^/]+\.ya?ml$/;

/** What else of an output is read; everything beside it is somebody else's. */
const folders = ['terraform', 'prometheus', 'nodes'];

/** Files of Terraform's own, below its stacks. */
const foreign = /(^|\/)\.|^manifest\.json$|\.tfstate/;

/**
 * Reads a directory that a synth wrote, or somebody else: manifests in it, and below it Terraform's stacks, the metrics
 * server's rules and the nodes' scripts.
 *
 * @param known an output that is in memory: files with the same text are taken from it, and not parsed again
 * @throws ConfigError with every file that can't be read or is not what its name says
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
  const isKnown = (path: string) => known?.texts.get(path) === texts.get(path);
  const all = (pattern: RegExp) => [...texts.keys()].filter((path) => pattern.test(path));
  const objects = all(manifest).flatMap((file): FiledObject[] =>
    isKnown(file)
      ? (known?.objects.filter((each) => each.file === file) ?? [])
      : attempt(file, () => readManifests([join(directory, file)]).map((object) => ({ file, object }))),
  );
  const stacks = all(stack).flatMap((file): FiledStack[] =>
    attempt(file, () => [{ file, configuration: readConfiguration(JSON.parse(texts.get(file) ?? '')) }]),
  );
  const rules = all(ruleFile).flatMap((file): FiledRules[] =>
    attempt(file, () => [{ file, rules: parse(texts.get(file) ?? '') }]),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  if (objects.length === 0 && stacks.length === 0)
    throw new ConfigError([
      problem(
        directory,
        'holds no manifests and no Terraform configuration; name a directory that a synth wrote',
      ),
    ]);
  return { objects, stacks, rules, texts };
}

/** Paths below a directory, with `/` between their parts. */
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
  return [...files, ...below].filter((path) => !foreign.test(path)).sort();
}

function problem(file: string, message: string): Problem {
  return { place: { file, line: 1, column: 1 }, path: '', message };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Tells a directory from what else a name may mean. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
