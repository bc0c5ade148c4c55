import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the package.json of the nearest directory above. */
export function versionAbove(directory: string): string {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) return versionAbove(dirname(directory));
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
