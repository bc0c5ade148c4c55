import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file endings that kubectl reads. */
const manifest = /\.(ya?ml|json)$/;

/**
 * The manifest files for a list of arguments. A file, `-` and a missing path stay as they are; a directory is
 * searched with its subdirectories, without hidden ones and node_modules. In an output directory of a synth
 * only the top level counts, as for kubectl.
 */
export function manifestFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? filesBelow(path) : [path],
  );
}

/**
 * Whether an argument names manifests: an existing file or directory, standard input, or a text that looks
 * like a path.
 */
export function namesManifests(argument: string): boolean {
  return (
    argument === '-' || /[./\\]/.test(argument) || statSync(argument, { throwIfNoEntry: false }) !== undefined
  );
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const isOutput = isSynthOutput(directory);
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isOutput || /^\.|^node_modules$/.test(entry.name) ? [] : filesBelow(path);
    return entry.isFile() && manifest.test(entry.name) ? [path] : [];
  });
}

/**
 * Whether a directory is the output of a synth. It then has the lists of written files, or, as a copy without
 * them, Terraform's stacks.
 */
function isSynthOutput(directory: string): boolean {
  return ['.honeydue-kubernetes', 'terraform/stacks'].some((name) => existsSync(join(directory, name)));
}
