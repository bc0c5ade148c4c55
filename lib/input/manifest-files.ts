import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file name extensions that kubectl reads. */
const manifest = /\.(ya?ml|json)$/;

/**
 * The manifest files that a list of arguments means. A file, `-` and a missing path are returned unchanged. A
 * directory stands for the files in it and in its subdirectories, except hidden directories and node_modules. Of the
 * output directory of a synth, only the top level counts, as for `kubectl apply -f`.
 */
export function manifestFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? filesBelow(path) : [path],
  );
}

/**
 * Whether an argument means manifests: an existing file or directory, standard input, or a string that looks like a
 * path.
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
 * Whether a directory is the output of a synth. Such a directory has the lists of written files, or, in a copy
 * without these hidden files, a directory of Terraform stacks.
 */
function isSynthOutput(directory: string): boolean {
  return ['.honeydue-kubernetes', 'terraform/stacks'].some((name) => existsSync(join(directory, name)));
}
