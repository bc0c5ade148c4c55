import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What kubectl decodes. */
const manifest = /\.(ya?ml|json)$/;

/**
 * The manifests that arguments name: a file, `-` and what isn't there are taken as they are, a directory stands for the manifests in it
 * and below it. Hidden directories and node_modules are not searched; below a directory that a synth wrote, kubectl applies nothing.
 */
export function manifestFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? filesBelow(path) : [path],
  );
}

/** Whether an argument names manifests: a file or directory that is there, standard input, or what looks like a path. */
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

/** Whether a synth wrote a directory: it leaves its lists there. A reviewed copy has no list, and Terraform's stacks. */
function isSynthOutput(directory: string): boolean {
  return ['.honeydue-kubernetes', 'terraform/stacks'].some((name) => existsSync(join(directory, name)));
}
